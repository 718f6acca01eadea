import { translator } from "../i18n";
import ar from "../i18n/ar/covering.json";
import en from "../i18n/en/covering.json";

/** Words of the desk on which parts of a picture are covered. */
export const t = translator<keyof typeof en>({ ar, en });
