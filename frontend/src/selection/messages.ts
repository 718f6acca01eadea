import { translator } from "../i18n";
import ar from "../i18n/ar/selection.json";
import en from "../i18n/en/selection.json";

/** Words of selecting. */
export const t = translator<keyof typeof en>({ ar, en });
