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
import { t } from "./messages";
import type { DraftReference, Option, Target } from "./types";

export class ReferenceList extends LightElement {
  static override properties = {
    references: { attribute: false },
    relations: { attribute: false },
    picking: { type: Boolean },
    pickable: { type: Boolean },
    errors: { attribute: false },
    text: { attribute: false },
    searchUrl: { attribute: false },
    asking: { state: true },
    relation: { state: true },
    address: { state: true },
    wrong: { state: true },
  };

  declare references: readonly DraftReference[];
  declare relations: readonly Option[];
  declare picking: boolean;
  /** Whether this page shows passages that can be picked. */
  declare pickable: boolean;
  declare errors: readonly string[];
  /** The text that the note is on. */
  declare text: string;
  /** Where other texts are found; empty: they are not offered. */
  declare searchUrl: string;
  declare asking: boolean;
  declare relation: string;
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
    this.asking = false;
    this.relation = "";
    this.address = "";
    this.wrong = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopAsking();
  }

  /** Add the passage that was picked, with the relation that is chosen. */
  picked(target: Target, label: string): void {
    const relation = this.relation || this.relations[0]?.[0] || "cites";
    this.#change([...this.references, { relation, target, label, note: "" }]);
    announce(t("reference_added", { label }));
  }

  protected override render(): TemplateResult {
    return html`<fieldset class="fieldset reference-list">
      <legend>${t("references")}</legend>
      ${this.references.length > 0 ? html`<ul class="reference-list__items">${this.references.map(this.#row)}</ul>` : nothing}
      <div class="reference-list__new">
        ${this.#relationSelect(this.relation, t("relation"), (value) => {
          this.relation = value;
        })}
        ${
          this.picking
            ? html`<div class="alert" role="status">${sign("quote")}<div class="alert__body"><p>${t("picking")}</p>
                <div class="actions"><button type="button" class="button button--small" @click=${() => this.tell("pick-stop")}>${t("stop_picking")}</button></div></div></div>`
            : !this.pickable
              ? nothing
              : html`<button type="button" class="button button--small" data-action="pick" @click=${() => this.tell("pick-start")}>
                ${sign("quote")}${t("pick")}</button>`
        }
        ${this.searchUrl ? this.#elsewhere() : nothing}
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
      ${this.#relationSelect(reference.relation, t("relation"), (relation) => this.#edit(index, { relation }))}
      <bdi class="reference-list__target">${reference.label}</bdi>
      <button type="button" class="button button--quiet button--icon button--small" aria-label=${label} title=${label}
        @click=${() => this.#change(this.references.filter((_, other) => other !== index))}>${sign("close")}</button>
      <input class="input" dir="auto" .value=${reference.note} placeholder=${t("reference_note")} aria-label=${t("reference_note")}
        @input=${(event: Event) => this.#edit(index, { note: (event.target as HTMLInputElement).value })} />
    </li>`;
  };

  #relationSelect(value: string, label: string, choose: (value: string) => void): TemplateResult {
    return html`<select class="input" aria-label=${label}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${this.relations.map(([code, words]) => html`<option value=${code} ?selected=${code === value}>${words}</option>`)}
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
