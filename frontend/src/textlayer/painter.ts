/**
 * Painting with CSS Custom Highlights: no element is added to the text.
 *
 * Only blocks that are shown carry ranges. The wash has four Highlight objects, one a depth; the colored lines have
 * one for each category and lane that is in use. None is made for a single note.
 */

import type { ArticleText, TextBlock } from "./article";
import { DEEPEST, depths, lanes } from "./depth";
import type { Span, SpanIndex } from "./spans";

export type Place = readonly [start: number, end: number];
export type Extent = { readonly start: number; readonly end: number };
/**
 * Places that are pointed at in one way at a time: the chosen note, the passage being annotated, the note under the
 * pointer, what was sought, what is suggested.
 */
export type Pointer = "active" | "pending" | "hover" | "found" | "suggested";

const PRIORITY: Readonly<Record<Pointer, number>> = {
  suggested: 15,
  hover: 20,
  found: 25,
  pending: 30,
  active: 40,
};

interface Painted {
  readonly ranges: readonly (readonly [Highlight, AbstractRange])[];
  /** What was painted, to leave alone a block in which nothing has changed. */
  readonly key: string;
}

export const canPaint = (): boolean => typeof Highlight !== "undefined" && "highlights" in CSS;

export class Painter {
  readonly #text: ArticleText;
  readonly #highlights = new Map<string, Highlight>();
  readonly #shown = new Map<TextBlock, Painted>();
  #spans: SpanIndex;
  #lanes: Map<string, number>;

  constructor(text: ArticleText, spans: SpanIndex) {
    this.#text = text;
    this.#spans = spans.onWords();
    this.#lanes = lanes(this.#spans.all);
  }

  /** Paint from another set of spans; only shown blocks in which something changed are drawn anew. */
  set spans(spans: SpanIndex) {
    this.#spans = spans.onWords();
    this.#lanes = lanes(this.#spans.all);
    for (const [block, { key }] of [...this.#shown]) {
      if (key === this.#key(this.#spans.between(block.start, block.end))) continue;
      this.hide(block);
      this.show(block);
    }
  }

  get shown(): ReadonlySet<TextBlock> {
    return new Set(this.#shown.keys());
  }

  show(block: TextBlock): void {
    if (this.#shown.has(block)) return;
    const ranges: [Highlight, AbstractRange][] = [];
    const add = (name: string, priority: number, start: number, end: number): void => {
      const highlight = this.#highlight(name, priority);
      const range = this.#text.staticRange(start, end);
      highlight.add(range);
      ranges.push([highlight, range]);
    };
    const here = this.#spans.between(block.start, block.end);
    for (const piece of depths(here, block.start, block.end)) {
      add(`hashiya-${Math.min(piece.depth, DEEPEST)}`, 0, piece.start, piece.end);
    }
    for (const span of here) {
      const lane = this.#lanes.get(span.id);
      if (lane === undefined) continue;
      add(lineName(span, lane), 1 + lane, Math.max(span.start, block.start), Math.min(span.end, block.end));
    }
    this.#shown.set(block, { ranges, key: this.#key(here) });
  }

  hide(block: TextBlock): void {
    for (const [highlight, range] of this.#shown.get(block)?.ranges ?? []) highlight.delete(range);
    this.#shown.delete(block);
  }

  /** Point at places in one way; none takes the pointer away. */
  point(pointer: Pointer, ...places: readonly (Place | Extent)[]): void {
    const highlight = this.#highlight(`hashiya-${pointer}`, PRIORITY[pointer]);
    highlight.clear();
    for (const place of places) {
      const [start, end] = "start" in place ? [place.start, place.end] : place;
      for (const block of this.#text.blocksBetween(start, end)) {
        highlight.add(this.#text.range(Math.max(start, block.start), Math.min(end, block.end)));
      }
    }
  }

  #key(spans: readonly Span[]): string {
    return spans
      .map(({ id, start, end, category }) => [id, start, end, category, this.#lanes.get(id)])
      .join(";");
  }

  #highlight(name: string, priority: number): Highlight {
    let highlight = this.#highlights.get(name);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = priority;
      this.#highlights.set(name, highlight);
      CSS.highlights.set(name, highlight);
    }
    return highlight;
  }
}

function lineName(span: Span, lane: number): string {
  return lane === 0 ? `hashiya-line-${span.category}` : `hashiya-line-${span.category}-${lane + 1}`;
}
