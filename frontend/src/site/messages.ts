import { translator } from "../i18n";
import ar from "../i18n/ar/site.json";
import en from "../i18n/en/site.json";

/** Words that every page may need. */
export const t = translator<keyof typeof en>({ ar, en });
