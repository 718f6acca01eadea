/**
 * The one file that converts between UTF-16 units and code points.
 *
 * Offsets on the wire and in every other module are code points, as Python counts them;
 * JavaScript strings and DOM positions count UTF-16 units.
 */

const SURROGATE = /[\ud800-\udfff]/;

/** Whether units and code points can differ in `text`. */
export function hasAstral(text: string): boolean {
  return SURROGATE.test(text);
}

/** Return the number of code points of `text`. */
export function length(text: string): number {
  return toPoints(text, text.length);
}

/** Return how many code points begin before unit `units`; a position inside a pair counts as before it. */
export function toPoints(text: string, units: number): number {
  const end = Math.min(units, text.length);
  if (!hasAstral(text)) return end;
  let points = 0;
  for (let i = 0; i < end; points += 1) {
    const width = isPair(text, i) ? 2 : 1;
    if (i + width > end) break;
    i += width;
  }
  return points;
}

/** Return the unit at which code point number `points` begins, or the length of `text` past its end. */
export function toUnits(text: string, points: number): number {
  if (!hasAstral(text)) return Math.min(points, text.length);
  let unit = 0;
  for (let seen = 0; seen < points && unit < text.length; seen += 1) unit += isPair(text, unit) ? 2 : 1;
  return unit;
}

/** Return `text[start:end]` as Python would. */
export function slice(text: string, start: number, end: number): string {
  return text.slice(toUnits(text, start), toUnits(text, end));
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}
