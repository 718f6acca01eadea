/** Which way each letter of a line runs; enough of the bidi rules to move a caret by eye. */

export type Direction = "ltr" | "rtl";

const RIGHT_TO_LEFT = /[\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Syriac}\p{scx=Thaana}]/u;
const DIGIT = /\p{Nd}/u;
const LETTER = /\p{L}/u;

/** Return the direction of each cluster of a line whose paragraph runs in `base`. */
export function directions(clusters: readonly string[], base: Direction): Direction[] {
  const strong = clusters.map(strongDirection);
  return strong.map((own, index) => own ?? between(strong, index) ?? base);
}

/** Digits run left to right in every script. */
function strongDirection(cluster: string): Direction | null {
  if (DIGIT.test(cluster)) return "ltr";
  if (!LETTER.test(cluster)) return null;
  return RIGHT_TO_LEFT.test(cluster) ? "rtl" : "ltr";
}

/** A neutral sign runs with its neighbors when both run the same way. */
function between(strong: readonly (Direction | null)[], index: number): Direction | null {
  const before = strong.slice(0, index).findLast((direction) => direction !== null) ?? null;
  const after = strong.slice(index + 1).find((direction) => direction !== null) ?? null;
  return before === after ? before : null;
}
