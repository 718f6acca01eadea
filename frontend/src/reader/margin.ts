/**
 * The notes of the reading page: beside their lines, in a panel that follows, or at the foot, as the reader has chosen
 * (`<html data-notes-at>`).
 *
 * Beside: where they fit, each stands at the height of its passage and none lies on another. A text with more notes than
 * margin gets a list instead, of the notes on the screen. On a phone the margin is empty: notes come in a sheet, unless
 * they stand at the foot. This comes there too, two kilobytes after the text, since a phone may be turned and printed from.
 */

import { arrange, calm, perFrame } from "../lib/dom";
import { scrollPanel } from "../lib/scroll";
import type { TextLayer } from "../textlayer/layer";
import { placeNotes } from "../textlayer/place";
import { NARROW } from "../textlayer/viewport";
import type { Cards } from "./cards";
import type { Foot } from "./foot";
import type { Panel } from "./reader";
import { type Standing, standingOf } from "./standing";

const GAP = 12;
/** What a note takes on average, for the choice between margin and list before any is there. */
const TYPICAL = 130;
/** A card taller than this shows its beginning only. */
const TALL = 210;
/** Notes, and those that were left out since the release that is compared with. */
const CARDS = "[data-note], [data-at]";
const root = document.documentElement;

export class Margin implements Panel {
  readonly element: HTMLElement;
  readonly #cards: Cards;
  #layer: TextLayer | null = null;
  /** The cards that the server has written, in the order of their numbers. */
  readonly #written: readonly HTMLElement[];
  readonly #wanted = new Map<string, number>();
  /** Whether a card is too tall to be shown whole beside its line; measured once for each shape of the page. */
  #long = new WeakMap<HTMLElement, boolean>();
  readonly #narrow = matchMedia(NARROW);
  readonly #layout = perFrame(() => this.#place());
  #active: string | null = null;
  #standing: Standing | null = null;
  #foot: Foot | null = null;

  constructor(element: HTMLElement, cards: Cards) {
    this.element = element;
    this.#cards = cards;
    this.#written = [...element.querySelectorAll<HTMLElement>(CARDS)];
  }

  /** At the foot they are shown to who goes there, but not where the reader is: a passage opens them in a popover. */
  get isShown(): boolean {
    return this.#standing !== "foot" && !this.#narrow.matches;
  }

  /** Choose where the notes stand, and keep them there when the page changes its shape or the reader chooses otherwise. */
  async start(layer: TextLayer): Promise<void> {
    this.#layer = layer;
    const reshape = (): void => {
      this.#wanted.clear();
      this.#long = new WeakMap();
      this.#layout();
    };
    const stand = (): void => {
      void this.#stand()
        .then(() => this.show(...layer.view))
        .then(reshape);
    };
    new MutationObserver(stand).observe(root, { attributeFilter: ["data-notes-at"] });
    this.#narrow.addEventListener("change", stand);
    new ResizeObserver(reshape).observe(layer.text.element);
    void document.fonts.ready.then(reshape);
    this.element.addEventListener("load", this.#layout, true);
    await this.#stand();
    this.#layout();
    void import("./foot").then(({ Foot }) => this.#print(Foot));
  }

  /** Show the notes of what is on the screen. */
  async show(start: number, end: number): Promise<void> {
    if (!this.isShown || !this.#layer) return;
    const spans = this.#layer.spans.between(start, end);
    await this.#cards.load(spans);
    const cards = spans.flatMap(({ id }) => this.#cards.own(id) ?? []);
    if (this.#standing === "list") arrange(this.element, cards);
    else if (this.#standing === "panel") this.#follow(cards);
    else this.element.append(...cards.filter((card) => card.parentElement !== this.element));
    // A note may have been chosen before its card was here. The panel of all stays with what is on the screen.
    this.choose(this.#active, this.#standing === "list");
  }

  /** Make one note the chosen one, whose line the others yield. */
  choose(id: string | null, isSought = this.#standing !== "placed"): void {
    this.#active = id;
    for (const card of this.element.querySelectorAll("[aria-current]")) card.removeAttribute("aria-current");
    const card = id ? this.#cards.standing(id) : null;
    card?.setAttribute("aria-current", "true");
    if (this.isShown && isSought) scrollPanel(this.element, card);
    this.#layout();
  }

  async #stand(): Promise<void> {
    const layer = this.#layer;
    if (!layer) return;
    const standing = this.#decide(layer);
    const last = this.#standing;
    if (standing === last) return;
    this.#standing = standing;
    const { classList } = this.element;
    classList.toggle("reader__margin--list", standing === "list" || standing === "panel");
    classList.toggle("reader__margin--placed", standing === "placed");
    for (const card of this.#written) card.classList.remove("note--here");
    // The list has taken away what was not on the screen.
    if (last === "list") arrange(this.element, this.#written);
    this.#foot?.leave();
    this.#foot = null;
    this.element.scrollTop = 0;
    if (standing !== "foot") return;
    const { Foot } = await import("./foot");
    if (this.#standing === "foot") this.#foot ??= new Foot(this.element, layer, this.#cards);
  }

  #decide(layer: TextLayer): Standing {
    const { all } = layer.spans;
    const tall = layer.text.element.offsetHeight;
    const asked = root.dataset.notesAt;
    const isWritten = all.every(({ id }) => this.#cards.standing(id));
    // Without spans nobody knows the lines: what stands in the page stays a list.
    const isCrowded = all.length === 0 || all.length * TYPICAL > Math.max(tall, innerHeight) * 1.25;
    const standing = standingOf({ asked, isWritten, isCrowded });
    if (asked === "foot" && standing === "list") {
      // The page's shape follows the attribute; the choice itself stays, for other parts and releases.
      root.dataset.notesAt = "panel";
      root.dataset.notesCrowded = "";
    }
    return standing;
  }

  /** On paper there is no screen to follow, and nothing to press: all notes stand after the text, which is numbered for them. */
  #print(Numbers: typeof Foot): void {
    let numbers: Foot | null = null;
    addEventListener("beforeprint", () => {
      if (this.#standing === "foot" || this.#written.length === 0 || !this.#layer) return;
      if (this.#standing === "list") arrange(this.element, this.#written);
      numbers ??= new Numbers(this.element, this.#layer, this.#cards);
    });
    addEventListener("afterprint", () => {
      numbers?.leave();
      numbers = null;
    });
  }

  /** Bring the first note of what is on the screen to the top of the panel, and mark those that belong to it. */
  #follow(cards: readonly HTMLElement[]): void {
    const here = new Set(cards);
    for (const card of this.#written) card.classList.toggle("note--here", here.has(card));
    const [first] = cards;
    if (!first || this.element.matches(":hover, :focus-within")) return;
    const top = first.getBoundingClientRect().top - this.element.getBoundingClientRect().top - GAP;
    this.element.scrollBy({ top, behavior: calm() ? "auto" : "smooth" });
  }

  #place(): void {
    const placed = this.#standing === "placed" && this.isShown;
    if (!placed) {
      for (const card of this.element.querySelectorAll<HTMLElement>(".note")) card.style.translate = "";
      this.element.style.minBlockSize = "";
      return;
    }
    const top = this.element.getBoundingClientRect().top;
    let last = 0;
    const standing = [...this.element.querySelectorAll<HTMLElement>(CARDS)]
      .map((card) => {
        // A card whose place is unknown follows the one before it.
        last = this.#wantedTop(card.dataset, top) ?? last;
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

  /** `at` is the place of what is no note of this release: one that was left out of it. */
  #wantedTop({ note = "", at }: DOMStringMap, top: number): number | null {
    const id = note || `at-${at}`;
    const known = this.#wanted.get(id);
    if (known !== undefined) return known;
    if (!this.#layer) return null;
    const span = this.#layer.spans.byId(note);
    const { text } = this.#layer;
    const place = Math.max(text.start, Math.min(Number(at), text.end - 1));
    if (!span && at === undefined) return null;
    const box = span ? this.#layer.boxOfNote(span) : this.#layer.boxOf(place, place + 1);
    const wanted = Math.max(0, box.top - top);
    this.#wanted.set(id, wanted);
    return wanted;
  }
}
