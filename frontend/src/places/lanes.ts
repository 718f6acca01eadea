/** Notes as bars over the length of a film, in as many rows as needed so that no two lie over each other. */

export interface Part {
  readonly start: number;
  readonly end: number;
}

/** Return the row of each part, in the order given; more than `most` rows share the last one. */
export function lanesOf(parts: readonly Part[], least: number, most: number): number[] {
  const free: number[] = [];
  return parts.map(({ start, end }) => {
    // A short part is drawn `least` seconds wide, so that it can be hit.
    const reach = Math.max(end, start + least);
    let lane = free.findIndex((until) => until <= start);
    if (lane < 0) lane = Math.min(free.length, most - 1);
    free[lane] = Math.max(free[lane] ?? 0, reach);
    return lane;
  });
}
