import { translator } from "../i18n";
import ar from "../i18n/ar/desk.json";
import en from "../i18n/en/desk.json";

/** Words of the desks. */
export const t = translator<keyof typeof en>({ ar, en });
