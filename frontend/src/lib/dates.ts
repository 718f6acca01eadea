import { interfaceLanguage } from "../i18n";

/** The locale of dates: Levantine month names, the numerals of the page. */
export function dateLocale(language: string = interfaceLanguage()): string {
  const numerals = typeof document === "undefined" ? undefined : document.documentElement.dataset.numerals;
  return `${language === "ar" ? "ar-SY" : "en-GB"}-u-nu-${numerals ?? "latn"}`;
}
