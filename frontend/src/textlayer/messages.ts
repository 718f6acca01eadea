import { translator } from "../i18n";
import ar from "../i18n/ar/reader.json";
import en from "../i18n/en/reader.json";

/** Words of the reading page. */
export const t = translator<keyof typeof en>({ ar, en });
