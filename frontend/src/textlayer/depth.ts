/** How many notes lie over each piece of text, and on which line under it each is drawn. */

import type { Span } from "./spans";

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** 1, 2, 3, or 4 for four and more. */
  readonly depth: number;
}

export const DEEPEST = 4;

/** Cut `[start, end)` into pieces of equal depth by a sweep over the edges of `spans`; bare text gives no piece. */
export function depths(spans: readonly Span[], start: number, end: number): Piece[] {
  const edges = new Map<number, number>();
  const turn = (offset: number, by: number): void => {
    edges.set(offset, (edges.get(offset) ?? 0) + by);
  };
  for (const span of spans) {
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    if (from >= to) continue;
    turn(from, 1);
    turn(to, -1);
  }
  return sweep([...edges].sort(([a], [b]) => a - b));
}

function sweep(edges: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let open = 0;
  let from = 0;
  for (const [offset, change] of edges) {
    if (open > 0 && offset > from) push(pieces, from, offset, Math.min(open, DEEPEST));
    open += change;
    from = offset;
  }
  return pieces;
}

function push(pieces: Piece[], start: number, end: number, depth: number): void {
  const last = pieces.at(-1);
  if (last && last.end === start && last.depth === depth) pieces[pieces.length - 1] = { ...last, end };
  else pieces.push({ start, end, depth });
}

/** Lines that fit between two lines of text. */
export const LANES = 3;

/**
 * Give each span (sorted by start) the first free line under the text, so that no two lines lie on each other.
 * Spans that find all lines taken get none: the depth of the wash tells of them.
 */
export function lanes(spans: readonly Span[]): Map<string, number> {
  const free = new Array<number>(LANES).fill(0);
  const chosen = new Map<string, number>();
  for (const span of spans) {
    const lane = free.findIndex((until) => until <= span.start);
    if (lane < 0) continue;
    free[lane] = span.end;
    chosen.set(span.id, lane);
  }
  return chosen;
}
