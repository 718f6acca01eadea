import { translator } from "../i18n";
import ar from "../i18n/ar/workbench.json";
import en from "../i18n/en/workbench.json";

/** Words of the workbench. */
export const t = translator<keyof typeof en>({ ar, en });
