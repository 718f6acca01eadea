import { translator } from "../i18n";
import ar from "../i18n/ar/options.json";
import en from "../i18n/en/options.json";

/** Words of the reading options. */
export const t = translator<keyof typeof en>({ ar, en });
