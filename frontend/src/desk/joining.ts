/** What two boxes of the editor are as one: the sign of the second goes, a space stands between their words. */

const SIGN = /^ {0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)/;

export interface Joined {
  readonly text: string;
  /** Where the second begins. */
  readonly seam: number;
}

export function joined(before: string, after: string): Joined {
  const rest = after.replace(SIGN, "");
  const seamless = before === "" || rest === "" || /\s$/u.test(before) || /^\s/u.test(rest);
  const head = seamless ? before : `${before} `;
  return { text: head + rest, seam: head.length };
}
