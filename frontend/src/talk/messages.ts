import { translator } from "../i18n";
import ar from "../i18n/ar/talk.json";
import en from "../i18n/en/talk.json";

/** Words of the talk about notes. */
export const t = translator<keyof typeof en>({ ar, en });
