/** Where the keyboard's caret goes. It always stands at one side of a letter, so that no place is ambiguous. */

import * as words from "../text/words";
import type { ArticleText } from "../textlayer/article";
import { type Cluster, type Line, lineAt } from "./lines";

export interface Caret {
  readonly offset: number;
  /** Whether it leans on the letter that begins at `offset` or on the one that ends there. */
  readonly side: "before" | "after";
}

const before = (offset: number): Caret => ({ offset, side: "before" });
const after = (offset: number): Caret => ({ offset, side: "after" });

export function lineOf(text: ArticleText, caret: Caret): Line | null {
  return lineAt(text, caret.side === "after" ? Math.max(text.start, caret.offset - 1) : caret.offset);
}

/** Return the letter that the caret leans on. */
function leanOn(line: Line, caret: Caret): Cluster | undefined {
  return caret.side === "after"
    ? line.clusters.find((cluster) => cluster.start < caret.offset && caret.offset <= cluster.end)
    : line.clusters.find((cluster) => cluster.start <= caret.offset && caret.offset < cluster.end);
}

/** Return the box of the caret on the screen: no width, the height of its line. */
export function boxOf(text: ArticleText, caret: Caret): DOMRect | null {
  const line = lineOf(text, caret);
  const cluster = line && leanOn(line, caret);
  if (!cluster) return null;
  return new DOMRect(edge(cluster, caret), cluster.box.top, 0, cluster.box.height);
}

function edge(cluster: Cluster, caret: Caret): number {
  return (cluster.direction === "ltr") === (caret.side === "before") ? cluster.box.left : cluster.box.right;
}

/** Go one letter to the left or right of the screen. */
export function sideways(text: ArticleText, caret: Caret, way: "left" | "right"): Caret {
  const line = lineOf(text, caret);
  const cluster = line && leanOn(line, caret);
  if (!line || !cluster) return nearest(text, caret);
  const at = line.clusters.indexOf(cluster) + (edge(cluster, caret) === cluster.box.left ? 0 : 1);
  const passed = line.clusters[way === "left" ? at - 1 : at];
  if (!passed) return offLine(text, line, (way === "left") === (line.base === "rtl"));
  return (passed.direction === "ltr") === (way === "right") ? after(passed.end) : before(passed.start);
}

function nearest(text: ArticleText, caret: Caret): Caret {
  const line = lineOf(text, caret);
  return line ? before(line.start) : caret;
}

/** Leave a line at its end or start. */
function offLine(text: ArticleText, line: Line, forward: boolean): Caret {
  const next = neighbor(text, line, forward);
  if (!next) return forward ? after(line.end) : before(line.start);
  return forward ? before(next.start) : after(next.end);
}

function neighbor(text: ArticleText, line: Line, below: boolean): Line | null {
  const at = text.blocks.indexOf(line.block);
  if (below) {
    const inside = lineAt(text, line.end);
    if (inside && inside.start >= line.end && inside.block === line.block) return inside;
    const next = text.blocks[at + 1];
    return next ? lineAt(text, next.start) : null;
  }
  if (line.start > line.block.start) {
    const inside = lastLineBefore(text, line);
    if (inside) return inside;
  }
  const previous = text.blocks[at - 1];
  return previous ? lineAt(text, previous.end - 1) : null;
}

/** Blanks at the end of a line have no box, so look a few letters further back. */
function lastLineBefore(text: ArticleText, line: Line): Line | null {
  for (let offset = line.start - 1; offset >= Math.max(line.block.start, line.start - 8); offset -= 1) {
    const inside = lineAt(text, offset);
    if (inside && inside.end <= line.start) return inside;
  }
  return null;
}

/** Go a line up or down, staying as near to `x` as letters allow. */
export function vertically(text: ArticleText, caret: Caret, below: boolean, x: number): Caret {
  const line = lineOf(text, caret);
  const next = line && neighbor(text, line, below);
  if (!next) return line ? (below ? after(line.end) : before(line.start)) : caret;
  const distance = ({ box }: Cluster): number => Math.max(box.left - x, x - box.right, 0);
  const cluster = next.clusters.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  const nearLeft = x - cluster.box.left < cluster.box.right - x;
  return nearLeft === (cluster.direction === "ltr") ? before(cluster.start) : after(cluster.end);
}

/** Go to the start or end of the line. */
export function lineEdge(text: ArticleText, caret: Caret, end: boolean): Caret {
  const line = lineOf(text, caret);
  if (!line) return caret;
  const [start, last] = words.trim(text.words(line.start, line.end), 0, line.end - line.start);
  return end ? after(line.start + last) : before(line.start + start);
}

/** Go a word on or back in the order of reading; a selection that grows stops at the word's end. */
export function byWord(text: ArticleText, caret: Caret, forward: boolean, growing: boolean): Caret {
  const offset = caret.offset - text.start;
  if (!forward) return before(text.start + words.previousStart(text.text, offset));
  if (growing) return after(text.start + words.nextEnd(text.text, offset));
  const next = text.start + words.nextStart(text.text, offset);
  return next >= text.end ? after(text.end) : before(next);
}
