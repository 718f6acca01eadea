/** The line of text around an offset, as the eye sees it. */

import { boundaries } from "../text/graphemes";
import type { ArticleText, TextBlock } from "../textlayer/article";
import { type Direction, directions } from "./bidi";

/** A letter with its marks, and its box on the screen. */
export interface Cluster {
  readonly start: number;
  readonly end: number;
  readonly direction: Direction;
  readonly box: DOMRect;
}

export interface Line {
  readonly block: TextBlock;
  readonly base: Direction;
  /** From left to right. */
  readonly clusters: readonly Cluster[];
  readonly start: number;
  readonly end: number;
}

/** Clusters looked at on each side; no line is longer. */
const REACH = 220;

/** Return the line that shows the cluster at `offset` (or the nearest visible one), or null in a text without lines. */
export function lineAt(text: ArticleText, offset: number): Line | null {
  const block = text.blockAt(offset);
  if (!block) return null;
  const base = getComputedStyle(block.element).direction === "ltr" ? "ltr" : "rtl";
  const clusters = clustersAround(text, block, offset, base);
  const own = clusters.find((cluster) => cluster.end > offset) ?? clusters.at(-1);
  if (!own) return null;
  const middle = (own.box.top + own.box.bottom) / 2;
  const line = contiguous(clusters, clusters.indexOf(own), (box) => box.top < middle && box.bottom > middle);
  return {
    block,
    base,
    clusters: [...line].sort((a, b) => a.box.left - b.box.left),
    start: line[0]?.start ?? offset,
    end: line.at(-1)?.end ?? offset,
  };
}

function clustersAround(text: ArticleText, block: TextBlock, offset: number, base: Direction): Cluster[] {
  const words = text.words(block.start, block.end);
  const edges = boundaries(words);
  const at = edges.findIndex((edge) => block.start + edge >= offset);
  const near = edges.slice(Math.max(0, at - REACH), Math.max(0, at) + REACH);
  const letters = near.slice(0, -1).map((edge, index) => {
    const end = near[index + 1] ?? edge;
    return text.words(block.start + edge, block.start + end);
  });
  const ways = directions(letters, base);
  return letters.flatMap((_, index) => {
    const start = block.start + (near[index] ?? 0);
    const end = block.start + (near[index + 1] ?? 0);
    const box = text.range(start, end).getClientRects()[0];
    return box && box.width > 0 ? [{ start, end, box, direction: ways[index] ?? base }] : [];
  });
}

function contiguous(clusters: readonly Cluster[], at: number, fits: (box: DOMRect) => boolean): Cluster[] {
  let first = at;
  let last = at;
  while (first > 0 && fits((clusters[first - 1] as Cluster).box)) first -= 1;
  while (last + 1 < clusters.length && fits((clusters[last + 1] as Cluster).box)) last += 1;
  return clusters.slice(first, last + 1);
}
