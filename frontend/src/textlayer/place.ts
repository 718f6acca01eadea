/** Where notes stand in the margin: beside their lines, never on each other. */

interface Group {
  /** Sum of weighted tops that the first member would like, after the heights above each are taken off. */
  sum: number;
  weight: number;
  first: number;
  count: number;
  height: number;
}

export interface Placing {
  /** Free space between two notes. */
  readonly gap?: number;
  /** No note stands higher than this. */
  readonly least?: number;
  /** The index of the note that keeps its line, whatever its neighbors must do. */
  readonly pinned?: number;
}

const PINNED = 1e6;

/**
 * Return the tops of notes that want to stand at `wanted` (ascending) and are `heights` tall.
 *
 * Notes that collide form a group that moves as one to where the squares of their distances are least
 * (pool adjacent violators), so that a crowd spreads up as well as down and far notes stay untouched.
 */
export function placeNotes(
  wanted: readonly number[],
  heights: readonly number[],
  placing: Placing = {},
): number[] {
  const { gap = 0, least = 0, pinned = -1 } = placing;
  const groups: Group[] = [];
  wanted.forEach((top, index) => {
    const weight = index === pinned ? PINNED : 1;
    groups.push({ sum: top * weight, weight, first: index, count: 1, height: (heights[index] ?? 0) + gap });
    while (collides(groups.at(-2), groups.at(-1), least)) merge(groups);
  });
  return groups.flatMap((group) => spread(group, heights, gap, least));
}

const topOf = (group: Group, least: number): number => Math.max(least, group.sum / group.weight);

function collides(above: Group | undefined, below: Group | undefined, least: number): boolean {
  return Boolean(above && below && topOf(above, least) + above.height > topOf(below, least));
}

function merge(groups: Group[]): void {
  const below = groups.pop();
  const above = groups.at(-1);
  if (!below || !above) return;
  above.sum += below.sum - above.height * below.weight;
  above.weight += below.weight;
  above.count += below.count;
  above.height += below.height;
}

function spread(group: Group, heights: readonly number[], gap: number, least: number): number[] {
  let top = topOf(group, least);
  return heights.slice(group.first, group.first + group.count).map((height) => {
    const own = top;
    top += height + gap;
    return own;
  });
}
