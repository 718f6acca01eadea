import { translator } from "../i18n";
import ar from "../i18n/ar/zoom.json";
import en from "../i18n/en/zoom.json";

/** Words of the picture that is looked at closely. */
export const t = translator<keyof typeof en>({ ar, en });
