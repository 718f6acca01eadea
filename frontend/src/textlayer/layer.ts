/** The text layer of one article: index, spans, painting near the screen, pointing and hitting. */

import { calm, perFrame, spaced } from "../lib/dom";
import { request } from "../lib/http";
import { ArticleText, type TextBlock } from "./article";
import { characterAt } from "./hit";
import { canPaint, type Extent, Painter, type Place, type Pointer } from "./painter";
import { pinsOf } from "./pins";
import { decodeSpans, isPinned, type Span, SpanIndex, type WireSpans } from "./spans";
import { watchViewport } from "./viewport";

/** How long to wait before the spans are asked for once more. */
const RETRY = 1_500;
/**
 * Milliseconds between two paintings of what comes near. With every change the browser draws all that is painted anew, so
 * that one a frame makes scrolling stutter; what comes near is a screen away still.
 */
const PAINTING = 100;
const pause = (wait: number): Promise<void> => new Promise((done) => setTimeout(done, wait));

export interface LayerEvents {
  /** Somebody clicked on a text that has notes, or on a block's count. */
  onPick(spans: readonly Span[], at: DOMRect): void;
  /** Somebody clicked on a text that has none. */
  onMiss?(): void;
  onView?(start: number, end: number): void;
  onHover?(spans: readonly Span[]): void;
}

export class TextLayer {
  readonly text: ArticleText;
  readonly #events: LayerEvents;
  #painter: Painter | null = null;
  readonly #moving = new Map<TextBlock, boolean>();
  readonly #paint = spaced(PAINTING, () => this.#paintMoved());
  #view: Place = [0, 0];
  /** Whether the server said where the notes are; what it did not say is not known to be missing. */
  isTold = false;
  #spans = new SpanIndex([]);

  constructor(article: HTMLElement, events: LayerEvents) {
    this.text = new ArticleText(article);
    this.#events = events;
    article.addEventListener("click", (event) => this.#click(event));
    if (matchMedia("(hover: hover)").matches) this.#followPointer();
  }

  /** Fetch where the notes are and paint. */
  async start(): Promise<void> {
    if (!this.text.agrees) return;
    const url = this.text.element.dataset.spansUrl;
    const wire =
      url && ((await this.#fetchSpans(url)) ?? (await pause(RETRY).then(() => this.#fetchSpans(url))));
    if (wire) this.#spans = new SpanIndex(decodeSpans(wire));
    this.isTold = Boolean(wire);
    if (canPaint()) this.#painter = new Painter(this.text, this.#spans);
    watchViewport(this.text, {
      onNear: (moved) => this.#moved(moved),
      onView: (blocks) => this.#viewed(blocks),
    });
  }

  /** Bring the counts beside the blocks of a place up to date; a block that had none gets none. */
  recount(start: number, end: number): void {
    for (const block of this.text.blocksBetween(start, end)) {
      const count = block.element.querySelector<HTMLElement>(".count");
      if (!count) continue;
      const number = this.#spans.between(block.start, block.end).length;
      count.dataset.count = String(number);
      count.setAttribute(
        "aria-label",
        (count.getAttribute("aria-label") ?? "").replace(/\d+/, String(number)),
      );
    }
  }

  /** Ask for the spans anew and paint them; return how many notes are still on their way to this revision. */
  async refresh(): Promise<number> {
    const wire = await this.#fetchSpans(this.text.element.dataset.spansUrl ?? "");
    if (wire) this.spans = new SpanIndex(decodeSpans(wire));
    return wire?.carrying ?? (wire ? 0 : 1);
  }

  /** Return the spans of this revision, or null when the server does not give them now. */
  async #fetchSpans(url: string): Promise<WireSpans | null> {
    const answer = await request<WireSpans>("GET", url).catch(() => null);
    return answer?.ok && answer.data.revision === this.text.revision ? answer.data : null;
  }

  get spans(): SpanIndex {
    return this.#spans;
  }

  /** Paint from other spans: after a note was made, moved or withdrawn. */
  set spans(spans: SpanIndex) {
    this.#spans = spans;
    if (this.#painter) this.#painter.spans = spans;
  }

  point(pointer: Pointer, ...places: readonly (Place | Extent)[]): void {
    this.#painter?.point(pointer, ...places);
  }

  /** The piece of text that is on the screen. */
  get view(): Place {
    return this.#view;
  }

  /** Bring a place to a third of the screen. */
  reveal(place: { readonly start: number; readonly end: number }): void {
    const box = this.boxOf(place.start, place.end);
    const top = box.top + scrollY - innerHeight / 3;
    scrollTo({ top, behavior: calm() ? "auto" : "smooth" });
  }

  /** Return the box of a note on the screen: of its first line, or of what it is pinned to. */
  boxOfNote(span: Span): DOMRect {
    const pin = isPinned(span) ? pinsOf(span.id)[0] : undefined;
    if (pin) return pin.getBoundingClientRect();
    // Of what may not be shown, the line at which it would be read.
    const start = isPinned(span)
      ? Math.max(this.text.start, Math.min(span.start, this.text.end - 1))
      : span.start;
    return this.boxOf(start, Math.max(span.end, start + 1));
  }

  /** Return the box of the first line of a place, on the screen. */
  boxOf(start: number, end: number): DOMRect {
    const range = this.text.range(start, end);
    return range.getClientRects()[0] ?? range.getBoundingClientRect();
  }

  #moved(moved: ReadonlyMap<TextBlock, boolean>): void {
    for (const [block, near] of moved) this.#moving.set(block, near);
    this.#paint();
  }

  #paintMoved(): void {
    for (const [block, near] of this.#moving) {
      if (near) this.#painter?.show(block);
      else this.#painter?.hide(block);
    }
    this.#moving.clear();
  }

  #viewed(blocks: readonly TextBlock[]): void {
    const first = blocks[0];
    const last = blocks.at(-1);
    if (!first || !last) return;
    this.#view = [first.start, last.end];
    this.#events.onView?.(first.start, last.end);
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const count = target.closest<HTMLElement>(".count");
    if (count) {
      event.preventDefault();
      const block = this.text.blocks.find(({ element }) => element.contains(count));
      if (block)
        this.#events.onPick(this.#spans.between(block.start, block.end), count.getBoundingClientRect());
      return;
    }
    if (target.closest("a, button, summary") || !(getSelection()?.isCollapsed ?? true)) return;
    const spans = this.#hit(event);
    if (spans.length > 0) this.#events.onPick(spans, new DOMRect(event.clientX, event.clientY, 0, 0));
    else this.#events.onMiss?.();
  }

  #hit(point: { readonly clientX: number; readonly clientY: number }): Span[] {
    const offset = characterAt(this.text, point.clientX, point.clientY);
    return offset === null ? [] : this.#spans.at(offset);
  }

  #followPointer(): void {
    const article = this.text.element;
    let last: MouseEvent | null = null;
    const look = perFrame(() => {
      const spans = last ? this.#hit(last) : [];
      article.classList.toggle("article--noted", spans.length > 0);
      this.#events.onHover?.(spans);
    });
    article.addEventListener("pointermove", (event) => {
      last = event.pointerType === "mouse" && event.buttons === 0 ? event : null;
      look();
    });
    article.addEventListener("pointerleave", () => {
      last = null;
      look();
    });
  }
}
