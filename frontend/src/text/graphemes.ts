/** Edges that never separate a letter from its vowel marks. Offsets are code points. */

import { toPoints, toUnits } from "./codepoints";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Return the code-point offsets at which clusters begin, and the end of `text`. */
export function boundaries(text: string): number[] {
  const edges: number[] = [];
  let points = 0;
  for (const { segment } of segmenter.segment(text)) {
    edges.push(points);
    points += toPoints(segment, segment.length);
  }
  edges.push(points);
  return edges;
}

/** Return the start of the cluster that holds `offset`; an edge is its own start. */
export function floor(text: string, offset: number): number {
  const unit = toUnits(text, offset);
  if (unit >= text.length) return toPoints(text, text.length);
  const cluster = segmenter.segment(text).containing(unit);
  return cluster ? toPoints(text, cluster.index) : offset;
}

/** Return the end of the cluster that `offset` cuts; an edge stays where it is. */
export function ceil(text: string, offset: number): number {
  const start = floor(text, offset);
  return start === offset ? offset : next(text, start);
}

/** Return the next edge after `offset`. */
export function next(text: string, offset: number): number {
  const unit = toUnits(text, offset);
  const cluster = unit < text.length ? segmenter.segment(text).containing(unit) : undefined;
  return cluster ? toPoints(text, cluster.index + cluster.segment.length) : toPoints(text, text.length);
}

/** Return the edge before `offset`. */
export function previous(text: string, offset: number): number {
  return offset <= 0 ? 0 : floor(text, offset - 1);
}

/** Widen `[start, end)` to whole clusters. */
export function snap(text: string, start: number, end: number): [number, number] {
  return [floor(text, start), ceil(text, end)];
}
