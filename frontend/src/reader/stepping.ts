/** Which change is the next one, decided from plain values. */

/**
 * Return the index of the change to go to: the one after, or before, the last that was visited; at first the nearest to the
 * line at which the reader is. `tops` are their heights on the screen, null where one is not shown. Out of range: there is none.
 */
export function stepFrom(at: number, step: 1 | -1, tops: readonly (number | null)[], line: number): number {
  if (at >= 0) return at + step;
  const below = tops.findIndex((top) => top !== null && top > line);
  if (step > 0) return below < 0 ? tops.length : below;
  return (below < 0 ? tops.length : below) - 1;
}
