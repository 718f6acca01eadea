/**
 * The strip of time under a film: its notes as bars, the part that is chosen, where the film is.
 *
 * Time runs from left to right in both languages, as it does in every player's own bar, to which the strip is held:
 * two bars of one film that run against each other would be harder to read than one that is unlike the text around it.
 */

import { h } from "../lib/dom";
import { t as reader } from "../textlayer/messages";
import type { Lies } from "./ground";
import { lanesOf, type Part } from "./lanes";
import { t } from "./messages";
import { writtenPart } from "./times";

/** Rows of bars, and the least part of the strip that a bar takes. */
const [ROWS, LEAST] = [4, 0.012];

export class Strip {
  readonly element: HTMLElement;
  readonly #bars = h("div", { class: "strip__bars", role: "group", "aria-label": t("strip") });
  readonly #part = h("div", { class: "strip__part", hidden: true });
  readonly #cursor = h("div", { class: "strip__cursor", hidden: true });
  readonly #onOpen: (id: string, at: DOMRect, byKey: boolean) => void;
  #length = 0;
  #chosen: string | null = null;

  constructor(onOpen: (id: string, at: DOMRect, byKey: boolean) => void) {
    this.#onOpen = onOpen;
    this.element = h("div", { class: "strip", dir: "ltr" }, this.#part, this.#bars, this.#cursor);
    this.#bars.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Draw the notes over so many seconds. */
  show(all: readonly Lies[], length: number): void {
    this.#length = Math.max(1, length, ...all.map(({ end = 0 }) => end));
    const lanes = lanesOf(all.map(partOf), this.#length * LEAST, ROWS);
    const rows = Math.max(1, ...lanes.map((lane) => lane + 1));
    this.element.style.setProperty("--rows", String(rows));
    this.#bars.replaceChildren(...all.map((lies, index) => this.#bar(lies, lanes[index] ?? 0)));
    this.choose(this.#chosen);
  }

  choose(id: string | null): void {
    this.#chosen = id;
    const bars = [...this.#bars.children] as HTMLElement[];
    const stop = bars.find(({ dataset }) => dataset.note === id) ?? bars[0];
    for (const bar of bars) {
      bar.tabIndex = bar === stop ? 0 : -1;
      if (bar.dataset.note === id) bar.setAttribute("aria-current", "true");
      else bar.removeAttribute("aria-current");
    }
  }

  boxOf(id: string): DOMRect {
    const bar = this.#bars.querySelector(`[data-note="${CSS.escape(id)}"]`);
    return (bar ?? this.element).getBoundingClientRect();
  }

  /** Show the part that is chosen, and where the film is. */
  mark(part: Part | null, now: number | null): void {
    this.#part.hidden = part === null;
    if (part) this.#lay(this.#part, part);
    this.#cursor.hidden = now === null;
    if (now !== null) this.#cursor.style.left = this.#percent(now);
  }

  #bar(lies: Lies, lane: number): HTMLElement {
    const kind = reader(`category_${lies.category}`);
    const label = t("bar", { n: lies.number, kind, part: writtenPart(partOf(lies)) });
    const bar = h("button", {
      type: "button", class: "strip__bar", "data-note": lies.id, "data-category": lies.category,
      "aria-label": label, title: label,
    }); // biome-ignore format: attributes
    this.#lay(bar, partOf(lies));
    bar.style.setProperty("--row", String(lane));
    bar.addEventListener("click", (event) =>
      this.#onOpen(lies.id, bar.getBoundingClientRect(), event.detail === 0),
    );
    return bar;
  }

  #lay(element: HTMLElement, { start, end }: Part): void {
    element.style.left = this.#percent(start);
    element.style.width = this.#percent(Math.max(end - start, this.#length * LEAST));
  }

  #percent(seconds: number): string {
    return `${Math.min(100, (seconds / this.#length) * 100)}%`;
  }

  #key(event: KeyboardEvent): void {
    const bars = [...this.#bars.children] as HTMLElement[];
    const at = bars.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    bars[to]?.focus();
  }
}

const partOf = ({ start = 0, end = 0 }: Lies): Part => ({ start, end });
