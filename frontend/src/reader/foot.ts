/**
 * Notes at the foot of the text: a number at the end of each passage leads to its note, and each note leads back.
 *
 * The numbers are elements without text, shown from an attribute, so that the article's text stays the revision's content and
 * every offset means what it meant. They come and go with the reader's choice; the text layer takes its nodes anew each time.
 */

import { formatNumber, translator } from "../i18n";
import ar from "../i18n/ar/foot.json";
import en from "../i18n/en/foot.json";
import { icon } from "../icons/icon";
import { calm, h } from "../lib/dom";
import { inDigits } from "../options/digits";
import { wordAt } from "../text/words";
import type { ArticleText } from "../textlayer/article";
import type { TextLayer } from "../textlayer/layer";
import { pinsOf } from "../textlayer/pins";
import { isPinned, type Span, SpanIndex } from "../textlayer/spans";
import type { Cards } from "./cards";

const t = translator<keyof typeof en>({ ar, en });

export class Foot {
  readonly #layer: TextLayer;
  readonly #backs: HTMLElement[] = [];
  readonly #leaving = new AbortController();

  /** Number the passages and lead each note of `aside` back to its own. */
  constructor(aside: HTMLElement, layer: TextLayer, cards: Cards) {
    this.#layer = layer;
    const { signal } = this.#leaving;
    this.#number(cards);
    layer.text.element.addEventListener("click", (event) => follow(event, cards), { signal });
    // A click in a note beside the text brings its passage; here it would take away the page under the reader's eyes.
    aside.addEventListener("click", stay, { capture: true, signal });
  }

  /** Take everything back. */
  leave(): void {
    this.#leaving.abort();
    for (const back of this.#backs) back.remove();
    const { text } = this.#layer;
    for (const mark of text.element.querySelectorAll(".note-number")) mark.remove();
    text.element.normalize();
    this.#repaint();
  }

  /** From the last to the first, so that what was not numbered yet still stands where the text layer knows it. */
  #number(cards: Cards): void {
    const { text, spans } = this.#layer;
    const numbered = spans.all.map((span) => ({ span, number: numberOf(cards, span) }));
    for (const { span, number } of numbered.sort((a, b) => b.span.end - a.span.end || b.number - a.number)) {
      const card = cards.standing(span.id);
      if (!card) continue;
      const back = isPinned(span) ? anchorOfPin(span) : plant(text, span, number);
      if (back) this.#backs.push(leadBack(card, back));
    }
    this.#repaint();
  }

  /** What was painted lay in nodes that were cut or joined since. */
  #repaint(): void {
    this.#layer.text.index();
    const { spans } = this.#layer;
    this.#layer.spans = new SpanIndex([]);
    this.#layer.spans = spans;
  }
}

/** Return the number that the server has given to a note; a reference from elsewhere has none, which is 0. */
function numberOf(cards: Cards, { id }: Span): number {
  const written = cards.standing(id)?.querySelector(".note__head > .numeric")?.textContent ?? "";
  return Number(inDigits(written, false));
}

/** Put a number, or a star, after the last word of a passage, and return its id. */
function plant(text: ArticleText, { id, end }: Span, number: number): string {
  const mark = h("a", {
    class: "note-number",
    id: `passage-${id}`,
    href: `#note-${id}`,
    "data-number": number ? formatNumber(number) : "*",
    "aria-label": number ? t("note", { n: number }) : t("arrival"),
    role: "doc-noteref",
  });
  const at = afterWord(text, Math.min(end, text.end));
  const place = text.range(at, at);
  // A number within a link would be a link within a link.
  const link = place.endContainer.parentElement?.closest("a");
  if (link && text.element.contains(link)) link.after(mark);
  else place.insertNode(mark);
  return mark.id;
}

/** A passage may end within a word, whose letters a number would part. */
function afterWord(text: ArticleText, end: number): number {
  const word = wordAt(text.text, end - text.start - 1);
  return Math.max(end, text.start + (word?.[1] ?? 0));
}

/** Return the id of what stands for a note on a picture or under a film, or none where it is not on this page. */
function anchorOfPin({ id }: Span): string | null {
  const [pin] = pinsOf(id);
  if (!pin) return null;
  pin.id ||= `passage-${id}`;
  return pin.id;
}

function leadBack(card: HTMLElement, to: string): HTMLElement {
  const back = h("a", {
    class: "note__back button button--quiet button--icon button--small",
    href: `#${to}`,
    "aria-label": t("back"),
    title: t("back"),
    role: "doc-backlink",
  });
  back.append(icon("chevron-up"));
  (card.querySelector(".note__actions") ?? card.querySelector(".note__head"))?.prepend(back);
  return back;
}

/** Go from a number to its note. Its address says so, but is not followed: that would open the note where the passage is. */
function follow(event: MouseEvent, cards: Cards): void {
  const mark =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".note-number") : null;
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const card = cards.standing(mark.hash.slice("#note-".length));
  if (!card) return;
  event.preventDefault();
  history.pushState(null, "", mark.hash);
  for (const other of document.querySelectorAll("[data-notes] [aria-current]"))
    other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

function stay(event: Event): void {
  if (event.target instanceof Element && !event.target.closest("a, button, summary, input, video, audio"))
    event.stopPropagation();
}
