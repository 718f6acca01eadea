/**
 * The text on the page: code-point offsets ⇄ places in the DOM.
 *
 * The article's `textContent` is the content of the revision from `data-start` on, so an offset means the same here
 * and on the server. The index is made once; `isIntact` tells whether somebody has rewritten the page since.
 */

import { length, toPoints, toUnits } from "../text/codepoints";

/** A run of text that stands by itself. */
export interface TextBlock {
  readonly element: HTMLElement;
  readonly start: number;
  readonly end: number;
}

const BLOCK =
  ".block:not(figure), [data-block], p, h1, h2, h3, h4, h5, h6, li, dt, dd, td, th, caption, figcaption, blockquote, pre, .verse__half, .verse__line, .video, .gap";

export class ArticleText {
  readonly element: HTMLElement;
  /** The whole text of the article, in UTF-16 as JavaScript keeps it. */
  readonly text: string;
  /** Offset of the first code point in the revision. */
  readonly start: number;
  readonly end: number;
  readonly revision: number;
  readonly textId: string;
  readonly blocks: readonly TextBlock[];
  readonly #nodes: Text[] = [];
  readonly #starts: number[] = [];
  readonly #order = new Map<Node, number>();

  constructor(element: HTMLElement) {
    this.element = element;
    this.start = Number(element.dataset.start ?? 0);
    this.revision = Number(element.dataset.revision ?? 0);
    this.textId = element.dataset.textId ?? "";
    this.text = element.textContent ?? "";
    this.index();
    this.end = this.start + length(this.text);
    this.blocks = this.#findBlocks();
  }

  /** Take the nodes as they stand: somebody may have put an element without text between letters. */
  index(): void {
    this.#order.clear();
    this.#nodes.length = this.#starts.length = 0;
    let at = this.start;
    const walker = document.createTreeWalker(this.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      this.#order.set(node, this.#nodes.length);
      this.#nodes.push(node);
      this.#starts.push(at);
      at += length(node.data);
    }
  }

  /** Whether the server and the page agree on how long the text is. */
  get agrees(): boolean {
    const told = this.element.dataset.length;
    return told === undefined || Number(told) === this.end - this.start;
  }

  /** Whether the text still is what the index was made of; page translators rewrite it. */
  get isIntact(): boolean {
    return this.element.textContent === this.text;
  }

  /** Return the words of `[start, end)`, given in offsets of the revision. */
  words(start: number, end: number): string {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }

  toUnit(offset: number): number {
    return toUnits(this.text, offset - this.start);
  }

  /** Return a range that the DOM keeps up to date. */
  range(start: number, end: number): Range {
    const range = document.createRange();
    range.setStart(...this.#position(start, false));
    range.setEnd(...this.#position(end, true));
    return range;
  }

  /** Return a range for painting only: cheaper, and never updated. */
  staticRange(start: number, end: number): StaticRange {
    const [startContainer, startOffset] = this.#position(start, false);
    const [endContainer, endOffset] = this.#position(end, true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  /** Return the offset of a DOM position; what lies outside the article counts as its nearest edge. */
  offsetOf(container: Node, offset: number): number {
    const index = this.#order.get(container);
    if (index !== undefined) {
      const node = this.#nodes[index];
      return (this.#starts[index] ?? this.start) + toPoints(node?.data ?? "", offset);
    }
    return this.#offsetBetween(container, offset);
  }

  /** Return the block that holds `offset`, or ends there. */
  blockAt(offset: number): TextBlock | undefined {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.blocks[middle]?.end ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return this.blocks[low];
  }

  /** Return the blocks that share text with `[start, end)`. */
  blocksBetween(start: number, end: number): TextBlock[] {
    const first = this.blockAt(start);
    if (!first) return [];
    const found: TextBlock[] = [];
    for (let i = this.blocks.indexOf(first); i < this.blocks.length; i += 1) {
      const block = this.blocks[i];
      if (!block || block.start >= end) break;
      if (block.end > start) found.push(block);
    }
    return found;
  }

  #position(offset: number, asEnd: boolean): [Node, number] {
    if (this.#nodes.length === 0) return [this.element, 0];
    const index = this.#nodeAt(Math.max(this.start, Math.min(offset, this.end)), asEnd);
    const node = this.#nodes[index] as Text;
    return [node, toUnits(node.data, offset - (this.#starts[index] ?? 0))];
  }

  /** At an edge between two nodes an end belongs to the first and a start to the second. */
  #nodeAt(offset: number, asEnd: boolean): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const start = this.#starts[middle] ?? 0;
      if (start < offset || (!asEnd && start === offset)) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** An element position means: before the first text that follows it. */
  #offsetBetween(container: Node, offset: number): number {
    const place = document.createRange();
    place.setStart(container, Math.min(offset, container.childNodes.length));
    place.collapse(true);
    let low = 0;
    let high = this.#nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const node = this.#nodes[middle] as Text;
      if (place.comparePoint(node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return this.#starts[low] ?? this.end;
  }

  #findBlocks(): TextBlock[] {
    const blocks: { element: HTMLElement; start: number; end: number }[] = [];
    this.#nodes.forEach((node, index) => {
      const element = node.parentElement?.closest<HTMLElement>(BLOCK);
      if (!element || element === this.element || !this.element.contains(element)) return;
      const start = this.#starts[index] ?? 0;
      const end = start + length(node.data);
      const last = blocks.at(-1);
      if (last && last.element === element && last.end === start) last.end = end;
      else if (end > start) blocks.push({ element, start, end });
    });
    return blocks;
  }
}
