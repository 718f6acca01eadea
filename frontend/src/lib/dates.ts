import { interfaceLanguage } from "../i18n";

/** The locale of dates: Levantine month names, the numerals of the page. */
export function dateLocale(language: string = interfaceLanguage()): string {
  const numerals = typeof document === "undefined" ? undefined : document.documentElement.dataset.numerals;
  return `${language === "ar" ? "ar-SY" : "en-GB"}-u-nu-${numerals ?? "latn"}`;
}

/** The site's time zone, so that a moment has the same day here as in what the server wrote; the browser's where none is told. */
export function siteZone(
  named: string | undefined = typeof document === "undefined"
    ? undefined
    : document.documentElement.dataset.timeZone,
): string | undefined {
  try {
    return named && new Intl.DateTimeFormat("en", { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return undefined; // The browser does not know this zone.
  }
}

/** Writes moments in the language of the page and the zone of the site. */
export function dateFormat(
  options: Intl.DateTimeFormatOptions,
  zone: string | undefined = siteZone(),
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(dateLocale(), zone ? { ...options, timeZone: zone } : options);
}
