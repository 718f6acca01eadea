/** Interface strings: one JSON file for each area and language, plurals by Intl. */

/** A plain string, or one for each plural category of the language. */
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
export type Params = Readonly<Record<string, string | number>>;

export interface Translator<K extends string> {
  /** Return the message `key` with its `{params}` filled; `{n}` also chooses the plural. */
  (key: K, params?: Params): string;
  readonly language: "ar" | "en";
}

/** The language of the interface, as the page's root element says. */
export function interfaceLanguage(): "ar" | "en" {
  return typeof document !== "undefined" && document.documentElement.lang.startsWith("ar") ? "ar" : "en";
}

/** Write a number in the numerals that the page has chosen (`data-numerals="arab"` on its root). */
export function formatNumber(value: number, language: string = interfaceLanguage()): string {
  const numerals = typeof document === "undefined" ? undefined : document.documentElement.dataset.numerals;
  return new Intl.NumberFormat(`${language}-u-nu-${numerals ?? "latn"}`).format(value);
}

/** Make the translator of one area from its two catalogues. */
export function translator<K extends string>(
  catalogs: Readonly<Record<"ar" | "en", Readonly<Record<K, Message>>>>,
  language: "ar" | "en" = interfaceLanguage(),
): Translator<K> {
  const plurals = new Intl.PluralRules(language);
  const translate = (key: K, params: Params = {}): string => {
    const message = catalogs[language][key];
    return fill(typeof message === "string" ? message : choose(message, plurals, params.n), params, language);
  };
  return Object.assign(translate, { language });
}

function choose(
  message: Exclude<Message, string>,
  plurals: Intl.PluralRules,
  n: string | number | undefined,
): string {
  return message[plurals.select(Number(n ?? 0))] ?? message.other ?? "";
}

function fill(text: string, params: Params, language: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? formatNumber(value, language) : value;
  });
}
