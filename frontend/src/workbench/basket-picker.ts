/**
 * `<basket-picker>`: what was picked up, to be put down as the other end of a reference.
 *
 * Tells `place-chosen` with `{target, label}` and `picker-close`. Arrows move, Enter puts down, Delete puts out.
 */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { LightElement } from "../lib/light";
import { sign } from "../lib/templates";
import { basketOf, type PickedPlace, putOut } from "./basket";
import { t } from "./messages";
import type { Target } from "./types";

/** What a picker has found for a reference. */
export interface ChosenPlace {
  readonly target: Target;
  readonly label: string;
}

export class BasketPicker extends LightElement {
  static override properties = {
    url: { type: String },
    page: { type: String },
    places: { state: true },
    failed: { state: true },
  };

  declare url: string;
  /** The basket's own page. */
  declare page: string;
  /** Null while it is being fetched. */
  declare places: readonly PickedPlace[] | null;
  declare failed: boolean;

  constructor() {
    super();
    this.url = "";
    this.page = "";
    this.places = null;
    this.failed = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const places = await basketOf(this.url);
    this.failed = places === null;
    this.places = places ?? [];
    await this.updateComplete;
    announce(this.failed ? t("basket_failed") : t("basket_holds", { n: this.places.length }));
    this.#buttons()[0]?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="picker" role="group" aria-label=${t("basket")} @keydown=${this.#key}>
      <div class="picker__head"><strong>${t("basket")}</strong>
        <a class="small" href=${this.page} target="_blank" rel="noopener">${t("basket_page")}</a>
        <button type="button" class="button button--quiet button--icon button--small" aria-label=${t("close")} title=${t("close")}
          @click=${() => this.tell("picker-close")}>${sign("close")}</button></div>
      ${this.#list()}</div>`;
  }

  #list(): TemplateResult {
    if (this.places === null) return html`<p class="small muted">${t("loading")}</p>`;
    if (this.failed) return html`<p class="small" role="alert">${t("basket_failed")}</p>`;
    if (this.places.length === 0) return html`<p class="small muted">${t("basket_empty")}</p>`;
    return html`<ul class="picker__list">${this.places.map(this.#row)}</ul>`;
  }

  #row = (place: PickedPlace): TemplateResult => {
    const usable = place.target !== null;
    return html`<li class="picker__item">
      <button type="button" class="picker__choose" data-place=${place.id} aria-disabled=${usable ? nothing : "true"}
        @click=${() => this.#choose(place)}>
        ${sign(place.icon)}
        ${place.picture ? html`<img class="picker__picture" src=${place.picture} alt="" loading="lazy" decoding="async" />` : nothing}
        <span class="picker__words"><bdi>${place.title || place.label}</bdi>${place.words ? html`<small dir="auto">${place.words}</small>` : nothing}</span>
      </button>
      <button type="button" class="button button--quiet button--icon button--small" tabindex="-1"
        aria-label=${t("put_out", { label: place.label })} title=${t("put_out", { label: place.label })}
        @click=${() => void this.#remove(place)}>${sign("trash")}</button>
    </li>`;
  };

  #choose(place: PickedPlace): void {
    if (place.target) this.tell<ChosenPlace>("place-chosen", { target: place.target, label: place.label });
    else announce(place.words || place.label);
  }

  async #remove(place: PickedPlace): Promise<void> {
    const at = this.#buttons().findIndex(({ dataset }) => dataset.place === place.id);
    if (!(await putOut(place))) return;
    this.places = (this.places ?? []).filter(({ id }) => id !== place.id);
    announce(t("is_out", { label: place.label }));
    await this.updateComplete;
    const buttons = this.#buttons();
    (buttons[Math.min(at, buttons.length - 1)] ?? this.querySelector("button"))?.focus();
  }

  #key(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") this.tell("picker-close");
    else if (step !== 0 && buttons.length > 0)
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    else if (event.key === "Delete" && at >= 0) {
      const place = this.places?.find(({ id }) => id === buttons[at]?.dataset.place);
      if (place) void this.#remove(place);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>(".picker__choose")];
  }
}
