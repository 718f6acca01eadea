/**
 * What a reader can choose of the reading pages, in plain values.
 *
 * What was chosen is kept by `hashiya/theme.js` alone, under `hashiya.reading` as JSON and `hashiya.theme`: it sets the
 * attributes of the root before the first paint. The first of each list is the page as it is without any choice; it is not kept.
 */

export const CHOICES = {
  notesAt: ["beside", "panel", "foot"],
  textSize: ["normal", "small", "large", "larger", "largest"],
  lineSpace: ["normal", "close", "wide"],
  theme: ["device", "light", "dark"],
  numerals: ["latn", "arab", "own"],
  place: ["on", "off"],
  beside: ["off", "on"],
} as const;

export type Name = keyof typeof CHOICES;
export type Choices = { readonly [N in Name]: (typeof CHOICES)[N][number] };

export const NAMES = Object.keys(CHOICES) as readonly Name[];
export const DEFAULTS = Object.fromEntries(NAMES.map((name) => [name, CHOICES[name][0]])) as Choices;

/** What the root element says. */
export interface Told {
  readonly reading?: string | undefined;
  readonly theme?: string | undefined;
}

/** Return what is chosen; what is not known, or was spoiled, counts as not chosen. */
export function chosenOf({ reading, theme }: Told): Choices {
  const kept: Readonly<Record<string, unknown>> = { ...parsed(reading), theme };
  const value = (name: Name): string => CHOICES[name].find((known) => known === kept[name]) ?? DEFAULTS[name];
  return Object.fromEntries(NAMES.map((name) => [name, value(name)])) as Choices;
}

/** Return choices as `hashiya/theme.js` takes them: what is as the page has it is left out, and nothing at all is "". */
export function toKeep({ theme, ...reading }: Choices): { readonly theme: string; readonly reading: string } {
  const own = Object.entries(reading).filter(([name, value]) => value !== DEFAULTS[name as Name]);
  return {
    theme: theme === DEFAULTS.theme ? "" : theme,
    reading: own.length > 0 ? JSON.stringify(Object.fromEntries(own)) : "",
  };
}

function parsed(kept: string | undefined): object {
  try {
    return Object(JSON.parse(kept || "{}")) as object;
  } catch {
    return {};
  }
}
