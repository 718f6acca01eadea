/** `<new-term>`: a small form for a term that the vocabulary lacks; tells `term-created` with it. */

import { html, type TemplateResult } from "lit";
import { LightElement } from "../lib/light";
import { focusInView } from "../lib/scroll";
import { fieldError } from "../lib/templates";
import type { Choice } from "../ui/choices";
import { t } from "../ui/messages";
import type { Serving } from "./serving";
import type { FieldErrors } from "./types";

const KINDS = ["concept", "person", "place", "group", "event", "date"] as const;

export class NewTerm extends LightElement {
  static override properties = {
    service: { attribute: false },
    words: { type: String },
    errors: { state: true },
  };

  declare service: Serving;
  /** What was typed. */
  declare words: string;
  declare errors: FieldErrors;

  constructor() {
    super();
    this.words = "";
    this.errors = {};
  }

  /** The keyboard goes on in the form that it opened, once the field that it came from is done with it. */
  protected override firstUpdated(): void {
    requestAnimationFrame(() => {
      this.scrollIntoView({ block: "nearest" });
      focusInView(this.querySelector<HTMLElement>("[name=kind]"));
    });
  }

  protected override render(): TemplateResult {
    const arabic = /\p{Script=Arabic}/u.test(this.words);
    return html`<fieldset class="fieldset" @keydown=${this.#key}>
      <legend>${t("new_term")}</legend>
      <label class="field"><span class="field__label">${t("kind")}</span>
        <select name="kind">${KINDS.map((kind) => html`<option value=${kind}>${t(`kind_${kind}`)}</option>`)}</select></label>
      ${this.#field("label_ar", "ar", arabic ? this.words : "")}
      ${this.#field("label_en", "en", arabic ? "" : this.words)}
      ${fieldError(this.errors.non_field_errors, "term-error")}
      <div class="actions">
        <button type="button" class="button button--small button--primary" @click=${this.#create}>${t("create_term")}</button>
        <button type="button" class="button button--small" @click=${() => this.tell("term-cancelled")}>${t("cancel")}</button>
      </div>
    </fieldset>`;
  }

  #field(name: "label_ar" | "label_en", language: "ar" | "en", value: string): TemplateResult {
    return html`<label class="field"><span class="field__label">${t(name)}</span>
      <input name=${name} lang=${language} dir=${language === "ar" ? "rtl" : "ltr"} .value=${value} />
      ${fieldError(this.errors[name], `${name}-error`)}</label>`;
  }

  /** Enter creates the term; it must not save the note around it. */
  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.ctrlKey || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void this.#create();
  }

  async #create(): Promise<void> {
    const value = (name: string): string =>
      this.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`)?.value.trim() ?? "";
    const term = { kind: value("kind"), label_ar: value("label_ar"), label_en: value("label_en") };
    try {
      const made = await this.service.createTerm(term);
      if ("id" in made) this.tell<Choice>("term-created", made as Choice);
      else this.errors = { non_field_errors: [t("create_failed")], ...made };
    } catch {
      this.errors = { non_field_errors: [t("create_failed")] };
    }
  }
}
