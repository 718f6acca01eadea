/**
 * `<reference-list>`: the cross-references of the note being written.
 *
 * Tells `references-change` with the new list and `pick-start`/`pick-stop` when another passage is to be selected; the
 * shell answers by calling `picked`.
 */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { LightElement } from "../lib/light";
import { fieldError, sign } from "../lib/templates";
import { ask } from "../selection/elsewhere";
import type { ChosenPlace } from "./basket-picker";
import { t } from "./messages";
import { firstOf, nameOf, relationChoice } from "./relation-choice";
import type { DraftReference, Option, Relation, Target } from "./types";

type Opened = "basket" | "find" | "source";
const ICONS: Readonly<Record<Opened, string>> = { basket: "basket", find: "search", source: "book" };

export class ReferenceList extends LightElement {
  static override properties = {
    references: { attribute: false },
    relations: { attribute: false },
    picking: { type: Boolean },
    pickable: { type: Boolean },
    errors: { attribute: false },
    text: { attribute: false },
    searchUrl: { attribute: false },
    basketUrl: { attribute: false },
    basketPage: { attribute: false },
    findUrl: { attribute: false },
    citationUrl: { attribute: false },
    languages: { attribute: false },
    language: { attribute: false },
    asking: { state: true },
    opened: { state: true },
    relation: { state: true },
    inverse: { state: true },
    address: { state: true },
    wrong: { state: true },
  };

  declare references: readonly DraftReference[];
  declare relations: readonly Relation[];
  declare picking: boolean;
  /** Whether this page shows passages that can be picked. */
  declare pickable: boolean;
  declare errors: readonly string[];
  /** The text that the note is on. */
  declare text: string;
  /** Where other texts are found; empty: they are not offered. */
  declare searchUrl: string;
  /** Where what was picked up is kept; empty: it is not offered. */
  declare basketUrl: string;
  declare basketPage: string;
  declare findUrl: string;
  declare citationUrl: string;
  declare languages: readonly Option[];
  /** Of the note being written: a note on a relation is in it unless it says otherwise. */
  declare language: string;
  declare asking: boolean;
  /** What is open to choose from. */
  declare opened: Opened | "";
  declare relation: string;
  /** The relation of the next reference is read backwards. */
  declare inverse: boolean;
  declare address: string;
  declare wrong: boolean;

  constructor() {
    super();
    this.references = [];
    this.relations = [];
    this.picking = false;
    this.pickable = true;
    this.errors = [];
    this.text = "";
    this.searchUrl = "";
    this.basketUrl = "";
    this.basketPage = "";
    this.findUrl = "";
    this.citationUrl = "";
    this.languages = [];
    this.language = "";
    this.asking = false;
    this.opened = "";
    this.relation = "";
    this.inverse = false;
    this.address = "";
    this.wrong = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopAsking();
  }

  /** Add the passage that was picked, with the relation that is chosen. */
  picked(target: Target, label: string): void {
    const relation = this.relation || firstOf(this.relations);
    const { inverse } = this;
    this.#change([...this.references, { relation, inverse, target, label, note: "" }]);
    announce(t("reference_added", { label: `${nameOf(this.relations, { relation, inverse })} ${label}` }));
  }

  protected override render(): TemplateResult {
    return html`<fieldset class="fieldset reference-list">
      <legend>${t("references")}</legend>
      ${this.references.length > 0 ? html`<ul class="reference-list__items">${this.references.map(this.#row)}</ul>` : nothing}
      <div class="reference-list__new">
        ${relationChoice(
          this.relations,
          { relation: this.relation || firstOf(this.relations), inverse: this.inverse },
          (chosen) => {
            this.relation = chosen.relation;
            this.inverse = chosen.inverse;
          },
        )}
        <div class="actions reference-list__ways">
          ${this.basketUrl ? this.#opener("basket") : nothing}
          ${this.findUrl ? this.#opener("find") : nothing}
          ${this.citationUrl ? this.#opener("source") : nothing}
          ${this.pickable && !this.picking ? this.#pickButton() : nothing}
          ${this.searchUrl && !this.asking ? this.#elsewhere() : nothing}
        </div>
        ${this.picking ? this.#picking() : nothing}
        ${this.asking ? this.#elsewhere() : nothing}
        ${this.#picker()}
        <label class="field"><span class="field__label">${t("address")}</span>
          <span class="reference-list__address">
            <input type="url" dir="ltr" inputmode="url" .value=${this.address} aria-invalid=${this.wrong ? "true" : nothing}
              @input=${this.#typed} @keydown=${this.#key} />
            <button type="button" class="button button--small" @click=${this.#addAddress}>${t("add_address")}</button>
          </span>
        </label>
        ${this.wrong ? fieldError([t("address_wrong")], "address-error") : nothing}
        ${fieldError(this.errors, "references-error")}
      </div>
    </fieldset>`;
  }

  #pickButton(): TemplateResult {
    return html`<button type="button" class="button button--small" data-action="pick" @click=${() => this.tell("pick-start")}>
      ${sign("quote")}${t("pick")}</button>`;
  }

  #picking(): TemplateResult {
    return html`<div class="alert" role="status">${sign("quote")}<div class="alert__body"><p>${t("picking")}</p>
      <div class="actions"><button type="button" class="button button--small" @click=${() => this.tell("pick-stop")}>${t("stop_picking")}</button></div></div></div>`;
  }

  #opener(name: Opened): TemplateResult {
    return html`<button type="button" class="button button--small" data-action=${name} aria-expanded=${this.opened === name}
      @click=${() => {
        this.opened = this.opened === name ? "" : name;
      }}>${sign(ICONS[name])}${t(`from_${name}`)}</button>`;
  }

  #picker(): TemplateResult | typeof nothing {
    if (this.opened === "basket") {
      return html`<basket-picker .url=${this.basketUrl} .page=${this.basketPage}
        @place-chosen=${this.#placed} @picker-close=${this.#close}></basket-picker>`;
    }
    if (this.opened === "find") {
      return html`<place-finder .url=${this.findUrl} @place-chosen=${this.#placed} @picker-close=${this.#close}></place-finder>`;
    }
    if (this.opened === "source") {
      return html`<citation-form .url=${this.citationUrl} @place-chosen=${this.#placed} @picker-close=${this.#close}></citation-form>`;
    }
    return nothing;
  }

  #placed = (event: CustomEvent<ChosenPlace>): void => {
    const { target, label } = event.detail;
    this.picked(target, label);
    this.#close();
  };

  /** The button that opened the picker takes the focus back. */
  #close = (): void => {
    const name = this.opened;
    this.opened = "";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-action=${name}]`)?.focus());
  };

  /** Another text is found in another window, so that what is being written stays where it is. */
  #elsewhere(): TemplateResult {
    if (this.asking) {
      return html`<div class="alert" role="status">${sign("external")}<div class="alert__body"><p>${t("elsewhere_waiting")}</p>
        <div class="actions"><button type="button" class="button button--small" data-action="elsewhere" @click=${this.#stopAsking}>${t("stop_picking")}</button></div></div></div>`;
    }
    return html`<a class="button button--small" data-action="elsewhere" href=${this.searchUrl} target="_blank" rel="noopener"
      @click=${this.#ask}>${sign("external")}${t("elsewhere")}</a>`;
  }

  #ask = (): void => {
    this.#stop = ask(this.text, (target, label) => {
      this.asking = false;
      this.picked(target, label);
      this.#focusElsewhere();
    });
    this.asking = true;
    this.#focusElsewhere();
  };

  #stopAsking = (): void => {
    this.#stop();
    if (!this.asking) return;
    this.asking = false;
    this.#focusElsewhere();
  };

  /** What was pressed gives way to something else in its place, which takes over the focus. */
  #focusElsewhere(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("[data-action=elsewhere]")?.focus());
  }

  #stop: () => void = () => {};

  #row = (reference: DraftReference, index: number): TemplateResult => {
    const label = t("remove_reference", { label: reference.label });
    return html`<li class="reference-list__item">
      ${relationChoice(
        this.relations,
        { relation: reference.relation, inverse: reference.inverse ?? false },
        (chosen) => this.#edit(index, chosen),
      )}
      <bdi class="reference-list__target">${reference.label}</bdi>
      <button type="button" class="button button--quiet button--icon button--small" aria-label=${label} title=${label}
        @click=${() => this.#change(this.references.filter((_, other) => other !== index))}>${sign("close")}</button>
      <input class="input" dir="auto" .value=${reference.note} placeholder=${t("reference_note")} aria-label=${t("reference_note")}
        lang=${reference.note_language || this.language || nothing} maxlength="500"
        @input=${(event: Event) => this.#edit(index, { note: (event.target as HTMLInputElement).value })} />
      ${reference.note ? this.#languageSelect(reference, index) : nothing}
    </li>`;
  };

  #languageSelect(reference: DraftReference, index: number): TemplateResult {
    const chosen = reference.note_language || this.language;
    return html`<select class="input" aria-label=${t("reference_note_language")}
      @change=${(event: Event) => this.#edit(index, { note_language: (event.target as HTMLSelectElement).value })}>
      ${this.languages.map(([code, words]) => html`<option value=${code} ?selected=${code === chosen}>${words}</option>`)}
    </select>`;
  }

  #typed(event: Event): void {
    this.address = (event.target as HTMLInputElement).value;
    this.wrong = false;
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    this.#addAddress();
  }

  #addAddress(): void {
    const address = this.address.trim();
    this.wrong = !/^https?:\/\/\S+$/i.test(address);
    if (this.wrong) return;
    this.picked({ url: address }, address);
    this.address = "";
  }

  #edit(index: number, change: Partial<DraftReference>): void {
    this.#change(this.references.map((old, other) => (other === index ? { ...old, ...change } : old)));
  }

  #change(references: readonly DraftReference[]): void {
    this.references = references;
    this.tell("references-change", references);
  }
}
