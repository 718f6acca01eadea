import { translator } from "../i18n";
import ar from "../i18n/ar/places.json";
import en from "../i18n/en/places.json";

/** Words of the workbenches of pictures and films. */
export const t = translator<keyof typeof en>({ ar, en });
