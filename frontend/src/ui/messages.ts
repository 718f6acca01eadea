import { translator } from "../i18n";
import ar from "../i18n/ar/ui.json";
import en from "../i18n/en/ui.json";

/** Words of the components that all desks share. */
export const t = translator<keyof typeof en>({ ar, en });
