/**
 * `<button data-suggested="/…/suggested.json" aria-pressed="false" hidden>`: marks in the text what is suggested, until it is
 * pressed again. Nothing is fetched before. A press on what is marked shows it, to be accepted, changed or dismissed there.
 */

import { trusted } from "../lib/dom";
import { request } from "../lib/http";
import { toast } from "../lib/toast";
import { characterAt } from "../textlayer/hit";
import type { TextLayer } from "../textlayer/layer";
import { canPaint, type Place } from "../textlayer/painter";
import { NotesPopup } from "../textlayer/popover";
import { t } from "./messages";

interface Told {
  readonly revision: number;
  readonly places: readonly Place[];
  /** Of a place that was asked for: what is suggested there, as the server writes it. */
  readonly cards?: string;
}

interface Done {
  readonly said?: string;
  /** Why it was not done. */
  readonly detail?: string;
}

export function startSuggested(layer: TextLayer): void {
  const button = document.querySelector<HTMLButtonElement>("button[data-suggested]");
  if (!button || !canPaint()) return;
  const suggested = new Suggested(button, layer);
  button.hidden = false;
  button.addEventListener("click", () => void suggested.toggle());
  layer.text.element.addEventListener("click", (event) => void suggested.press(event));
}

class Suggested {
  readonly #button: HTMLButtonElement;
  readonly #layer: TextLayer;
  readonly #popup = new NotesPopup(() => {});
  /** One name for this opening of the page, so that a press that is sent twice makes one note. */
  readonly #key = crypto.randomUUID?.() ?? String(Math.random());
  #places: readonly Place[] = [];

  constructor(button: HTMLButtonElement, layer: TextLayer) {
    this.#button = button;
    this.#layer = layer;
  }

  get #url(): string {
    return this.#button.dataset.suggested ?? "";
  }

  async toggle(): Promise<void> {
    const on = this.#button.getAttribute("aria-pressed") !== "true";
    const told = on ? await this.#ask(this.#url) : null;
    if (on && !told) return toast(t("suggested_failed"));
    const places = told ? this.#shown(told.places) : [];
    if (on && !places.length) return toast(t("suggested_none"));
    this.#mark(places);
    this.#button.setAttribute("aria-pressed", String(on));
  }

  /** Show what is suggested where the text was pressed; whoever has it marked means it, even within a long note. */
  async press(event: MouseEvent): Promise<void> {
    if ((event.target as Element).closest("a, button, summary") || !(getSelection()?.isCollapsed ?? true))
      return;
    const at = this.#places.length ? characterAt(this.#layer.text, event.clientX, event.clientY) : null;
    if (at === null || !this.#places.some(([start, end]) => start <= at && at < end)) return;
    const told = await this.#ask(`${this.#url}?at=${at}`);
    if (!told) return toast(t("suggested_failed"));
    if (!told.cards?.trim()) return this.#gone(told);
    const cards = document.createElement("div");
    cards.append(trusted(told.cards));
    cards.addEventListener("click", (pressed) => void this.#act(pressed));
    this.#popup.open(t("suggested_here"), [cards], new DOMRect(event.clientX, event.clientY, 0, 0));
  }

  async #act(event: Event): Promise<void> {
    const pressed = (event.target as Element).closest<HTMLButtonElement>("button[data-act]");
    const card = pressed?.closest<HTMLElement>("[data-suggestion]");
    if (!pressed || !card) return;
    const { act, term } = pressed.dataset;
    const body = { suggestion: card.dataset.suggestion, act, term, key: this.#key };
    pressed.disabled = true;
    const answer = await request<Done>("POST", this.#url, { body }).catch(() => null);
    pressed.disabled = false;
    toast(answer?.data.said ?? answer?.data.detail ?? t("suggested_failed"));
    if (!answer || (!answer.ok && answer.status !== 409)) return;
    this.#popup.close();
    const told = await this.#ask(this.#url);
    if (told) this.#mark(this.#shown(told.places));
    await this.#layer.refresh();
  }

  #gone(told: Told): void {
    this.#mark(this.#shown(told.places));
    toast(t("suggested_none"));
  }

  #mark(places: readonly Place[]): void {
    this.#places = places;
    this.#layer.point("suggested", ...places);
  }

  /** Return those in the part of the text that is shown. */
  #shown(places: readonly Place[]): readonly Place[] {
    const { start: first, end: last } = this.#layer.text;
    return places.filter(([start, end]) => start < last && end > first);
  }

  /** Return what the server says of this revision; null when it says nothing. */
  async #ask(url: string): Promise<Told | null> {
    const answer = await request<Told>("GET", url).catch(() => null);
    return answer?.ok && answer.data.revision === this.#layer.text.revision ? answer.data : null;
  }
}
