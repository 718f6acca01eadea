import { translator } from "../i18n";
import ar from "../i18n/ar/papers.json";
import en from "../i18n/en/papers.json";

/** Words of a PDF that is read in the page. */
export const t = translator<keyof typeof en>({ ar, en });
