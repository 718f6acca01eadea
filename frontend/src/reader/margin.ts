/**
 * Notes beside their lines.
 *
 * Where they fit, each stands at the height of its passage and none lies on another. A text with more notes than
 * margin gets a list instead, of the notes on the screen. On a phone the margin is empty: notes come in a sheet.
 */

import { arrange, perFrame } from "../lib/dom";
import { scrollPanel } from "../lib/scroll";
import type { TextLayer } from "../textlayer/layer";
import { placeNotes } from "../textlayer/place";
import { NARROW } from "../textlayer/viewport";
import type { Cards } from "./cards";
import type { Panel } from "./reader";

const GAP = 12;
/** What a note takes on average, for the choice between margin and list before any is there. */
const TYPICAL = 130;
/** A card taller than this shows its beginning only. */
const TALL = 210;

export class Margin implements Panel {
  readonly element: HTMLElement;
  readonly #cards: Cards;
  #layer: TextLayer | null = null;
  readonly #wanted = new Map<string, number>();
  /** Whether a card is too tall to be shown whole beside its line; measured once, before it is cut. */
  readonly #long = new WeakMap<HTMLElement, boolean>();
  readonly #narrow = matchMedia(NARROW);
  readonly #layout = perFrame(() => this.#place());
  #active: string | null = null;
  #asList = false;

  constructor(element: HTMLElement, cards: Cards) {
    this.element = element;
    this.#cards = cards;
  }

  get isShown(): boolean {
    return !this.#narrow.matches;
  }

  /** Choose margin or list and keep the notes at their lines when the page changes its shape. */
  start(layer: TextLayer): void {
    this.#layer = layer;
    const tall = layer.text.element.offsetHeight;
    const count = layer.spans.all.length;
    // Without spans nobody knows the lines: what stands in the page stays a list.
    this.#asList = count === 0 || count * TYPICAL > Math.max(tall, innerHeight) * 1.25;
    this.element.classList.add(this.#asList ? "reader__margin--list" : "reader__margin--placed");
    const reshape = (): void => {
      this.#wanted.clear();
      this.#layout();
    };
    new ResizeObserver(reshape).observe(layer.text.element);
    void document.fonts.ready.then(reshape);
    this.element.addEventListener("load", this.#layout, true);
    this.#layout();
  }

  /** Show the notes of what is on the screen. */
  async show(start: number, end: number): Promise<void> {
    if (!this.isShown || !this.#layer) return;
    const spans = this.#layer.spans.between(start, end);
    await this.#cards.load(spans);
    const cards = spans.flatMap(({ id }) => this.#cards.own(id) ?? []);
    if (this.#asList) arrange(this.element, cards);
    else this.element.append(...cards.filter((card) => card.parentElement !== this.element));
    // A note may have been chosen before its card was here.
    this.choose(this.#active);
  }

  /** Make one note the chosen one, whose line the others yield. */
  choose(id: string | null): void {
    this.#active = id;
    for (const card of this.element.querySelectorAll("[aria-current]")) card.removeAttribute("aria-current");
    const card = id ? this.#cards.standing(id) : null;
    card?.setAttribute("aria-current", "true");
    if (this.#asList) scrollPanel(this.element, card);
    this.#layout();
  }

  #place(): void {
    const placed = !this.#asList && this.isShown;
    if (!placed) {
      for (const card of this.element.querySelectorAll<HTMLElement>(".note")) card.style.translate = "";
      this.element.style.minBlockSize = "";
      return;
    }
    const top = this.element.getBoundingClientRect().top;
    let last = 0;
    const standing = [...this.element.querySelectorAll<HTMLElement>("[data-note]")]
      .map((card) => {
        // A card whose place is unknown follows the one before it.
        last = this.#wantedTop(card.dataset.note ?? "", top) ?? last;
        return { card, wanted: last };
      })
      .sort((a, b) => a.wanted - b.wanted);
    const unknown = standing.filter(({ card }) => !this.#long.has(card));
    for (const { card } of unknown) this.#long.set(card, card.scrollHeight > TALL);
    for (const { card } of unknown) card.classList.toggle("note--long", this.#long.get(card));
    const heights = standing.map(({ card }) => card.offsetHeight);
    const tops = placeNotes(
      standing.map(({ wanted }) => wanted),
      heights,
      { gap: GAP, pinned: standing.findIndex(({ card }) => card.dataset.note === this.#active) },
    );
    standing.forEach(({ card }, index) => {
      card.style.translate = `0 ${Math.round(tops[index] ?? 0)}px`;
    });
    this.element.style.minBlockSize = `${(tops.at(-1) ?? 0) + (heights.at(-1) ?? 0)}px`;
  }

  #wantedTop(id: string, top: number): number | null {
    const known = this.#wanted.get(id);
    if (known !== undefined) return known;
    const span = this.#layer?.spans.byId(id);
    if (!span || !this.#layer) return null;
    const wanted = Math.max(0, this.#layer.boxOfNote(span).top - top);
    this.#wanted.set(id, wanted);
    return wanted;
  }
}
