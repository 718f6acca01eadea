/** The reading page: pick a passage and read its notes; go from note to note; arrive at one by its address. */

import { announce } from "../lib/announce";
import { calm, isTyping, spaced } from "../lib/dom";
import { TextLayer } from "../textlayer/layer";
import { t } from "../textlayer/messages";
import { canPaint, type Pointer } from "../textlayer/painter";
import { choosePins, hoverPins, pinAt, pinsOf } from "../textlayer/pins";
import type { NotesPopup } from "../textlayer/popover";
import { isPinned, type Span } from "../textlayer/spans";
import { parseAddress } from "./address";
import { figureOf } from "./film";

/** Milliseconds between two changes of the panel: one a frame would be dearer than the scrolling itself. */
const FOLLOWING = 250;
/** Cards of a popover that are made at once. */
const AT_ONCE = 40;

/** Where cards come from. */
export interface CardSource {
  load(spans: readonly Span[]): Promise<void>;
  /** Return the card that stands in the panel, if it does. */
  standing(id: string): HTMLElement | null;
  /** Return a new card for a popover or sheet. */
  copy(id: string): HTMLElement | null;
}

/** What stands beside the text and shows its notes. */
export interface Panel {
  readonly element: HTMLElement;
  readonly isShown: boolean;
  start(layer: TextLayer): void;
  show(start: number, end: number): Promise<void>;
  choose(id: string | null): void;
}

export class Reader {
  readonly layer: TextLayer;
  readonly #cards: CardSource;
  #margin: Panel | null = null;
  #popup: NotesPopup | null = null;
  /** While another passage is being picked, clicks on notes mean nothing. */
  paused = false;
  #chosen: Span | null = null;

  constructor(article: HTMLElement, cards: CardSource) {
    this.#cards = cards;
    this.layer = new TextLayer(article, {
      onPick: (spans, at) => void this.#pick(spans, at),
      onMiss: () => this.choose(null),
      onView: spaced(FOLLOWING, () => this.#follow()),
      onHover: (spans) => this.#hover(spans),
    });
  }

  /** Fetch and paint; the panel may still be on its way. */
  async start(panel: Promise<Panel> | null): Promise<void> {
    const article = this.layer.text.element;
    const { agrees } = this.layer.text;
    // Rare words come when they are needed.
    if (!agrees || !canPaint()) void import("./notices").then(({ notices }) => notices(article, agrees));
    await this.layer.start();
    if (panel) this.attach(await panel);
    addEventListener("hashchange", () => void this.#arrive());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => this.#pin(event));
    await this.#arrive();
  }

  /** Show notes in a panel from now on. */
  attach(panel: Panel): void {
    this.#margin = panel;
    this.#listen(panel.element);
    panel.start(this.layer);
    void panel.show(...this.layer.view);
  }

  /** Make a note the chosen one: tinted in the text, marked in the margin. */
  choose(span: Span | null): void {
    this.#chosen = span;
    this.#point("active", span);
    choosePins(span?.id ?? null);
    this.#margin?.choose(span?.id ?? null);
  }

  /** Show in the panel what is on the screen. */
  #follow(): void {
    void this.#margin?.show(...this.layer.view).catch(() => announce(t("failed")));
  }

  /** Bring a note to a third of the screen, tint it, open it, say it. */
  async visit(span: Span): Promise<void> {
    this.#reveal(span);
    this.choose(span);
    await this.#cards.load([span]).catch(() => announce(t("failed")));
    if (this.#margin?.isShown) {
      await this.#margin.show(span.start, span.end);
      this.choose(span);
    } else await this.#open([span], this.layer.boxOfNote(span));
    announce(this.#nameOf(span));
  }

  #nameOf(span: Span): string {
    const pin = isPinned(span) ? pinsOf(span.id)[0]?.getAttribute("aria-label") : null;
    const words = this.layer.text.words(span.start, Math.min(span.end, span.start + 80));
    return pin ?? t("note_opened", { words });
  }

  #reveal(span: Span): void {
    const pin = isPinned(span) ? pinsOf(span.id)[0] : undefined;
    if (pin) pin.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    else this.layer.reveal(span);
  }

  #point(pointer: Pointer, span: Span | null | undefined): void {
    if (span && !isPinned(span)) this.layer.point(pointer, span);
    else this.layer.point(pointer);
  }

  /** A note that is drawn on a picture, or stands under a film, opens as one on words does; its parts are played. */
  #pin(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const part = (event.target as Element).closest<HTMLElement>("[data-play]");
    if (part && figureOf(part)) {
      event.preventDefault();
      void import("./playing").then(({ playPart }) => playPart(part));
      return;
    }
    const pin = pinAt(event.target);
    const span = pin ? this.layer.spans.byId(pin.id) : undefined;
    if (!pin || !span) return;
    event.preventDefault();
    this.choose(span);
    if (!this.#margin?.isShown) void this.#open([span], pin.element.getBoundingClientRect());
    else void this.#margin.show(span.start, span.end).then(() => this.choose(span));
  }

  async #pick(spans: readonly Span[], at: DOMRect): Promise<void> {
    const first = spans[0];
    if (!first || this.paused) return;
    this.choose(first);
    if (spans.length > 1 || !this.#margin?.isShown) await this.#open(spans, at);
  }

  async #open(spans: readonly Span[], at: DOMRect, from = scrollY): Promise<void> {
    const rest = async (shown: number): Promise<HTMLElement[]> => {
      const some = spans.slice(shown, shown + AT_ONCE);
      await this.#cards.load(some);
      const cards = some.flatMap(({ id }) => this.#cards.copy(id) ?? []);
      for (const card of cards) this.#listen(card);
      return cards;
    };
    const cards = await rest(0).catch(() => announce(t("failed")));
    if (!cards) return;
    const { NotesPopup } = await import("../textlayer/popover");
    this.#popup ??= new NotesPopup(() => this.layer.point("active"));
    this.#popup.open(
      t("notes_here", { n: spans.length }),
      cards,
      at,
      false,
      from,
      spans.length > AT_ONCE ? rest : null,
    );
    this.#point("active", this.#chosen);
    announce(t("notes_here", { n: spans.length }));
  }

  #hover(spans: readonly Span[]): void {
    for (const card of document.querySelectorAll(".note--hover")) card.classList.remove("note--hover");
    for (const { id } of spans) this.#cards.standing(id)?.classList.add("note--hover");
  }

  /** Cards point at their passages under the pointer and the focus, and choose them on a click. */
  #listen(root: HTMLElement): void {
    const spanOf = (event: Event): Span | undefined => {
      const card = (event.target as Element).closest<HTMLElement>("[data-note]");
      return card?.dataset.note ? this.layer.spans.byId(card.dataset.note) : undefined;
    };
    const hover = (event: Event): void => {
      const span = spanOf(event);
      if (!span) return;
      this.#point("hover", span);
      hoverPins(span.id);
    };
    const leave = (): void => {
      this.layer.point("hover");
      hoverPins(null);
    };
    root.addEventListener("pointerover", hover);
    root.addEventListener("focusin", hover);
    root.addEventListener("pointerleave", leave);
    root.addEventListener("focusout", leave);
    root.addEventListener("click", (event) => {
      const span = spanOf(event);
      if (!span || (event.target as Element).closest("a, button")) return;
      this.choose(span);
      this.#reveal(span);
    });
  }

  async #arrive(): Promise<void> {
    const address = parseAddress(location.hash);
    if (!address) return;
    if ("start" in address) {
      this.layer.reveal(address);
      this.layer.point("found", [address.start, address.end]);
      return;
    }
    const span = this.layer.spans.byId(address.note);
    if (span) await this.visit(span);
    else if (this.layer.isTold) {
      const { unknownNote } = await import("./notices");
      unknownNote(this.layer.text.element, address.note);
    }
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.shortcuts === "off") return;
    if (event.code === "Escape") this.choose(null);
    if (event.code !== "KeyJ" && event.code !== "KeyK") return;
    event.preventDefault();
    const next = this.#neighbor(event.code === "KeyJ" ? 1 : -1);
    if (next) void this.visit(next);
    else announce(t("no_more"));
  }

  #neighbor(step: 1 | -1): Span | undefined {
    const { all } = this.layer.spans;
    const at = this.#chosen ? all.findIndex(({ id }) => id === this.#chosen?.id) : -1;
    if (at >= 0) return all[at + step];
    const onScreen = all.findIndex((span) => span.start >= this.layer.view[0]);
    return step > 0 ? all[onScreen] : all[onScreen - 1];
  }
}
