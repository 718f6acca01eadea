/** Fields and buttons of the composer that know nothing but what they are given. */

import { html, nothing, type TemplateResult } from "lit";
import { fieldError, rendered, sign } from "../lib/templates";
import { t as reader } from "../textlayer/messages";
import { CATEGORIES, type Category } from "../textlayer/spans";
import type { Keeping } from "./drafts";
import { t } from "./messages";
import type { Option } from "./types";

/** What kind of note it is: one of all. */
export function categories(chosen: Category, choose: (category: Category) => void): TemplateResult[] {
  return CATEGORIES.map(
    (category) => html`<label class="category-choice" data-category=${category}>
    <input type="radio" name="category" value=${category} .checked=${category === chosen}
      @change=${() => choose(category)} />${sign(category)}${reader(`category_${category}`)}</label>`,
  );
}

/** A list of which one is chosen, with what is wrong with it. */
export function choice(
  name: "language" | "visibility" | "group",
  options: readonly Option[],
  chosen: string | null,
  errors: readonly string[] | undefined,
  choose: (value: string) => void,
): TemplateResult {
  return html`<label class="field"><span class="field__label">${t(name)}</span>
    <select name=${name} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select>${fieldError(errors, `${name}-error`)}</label>`;
}

interface Press {
  readonly action: string;
  /** Keys that do the same. */
  readonly keys?: string | undefined;
  readonly press: () => void;
}

/** A button of a sign alone. */
export function iconButton(name: string, label: string, { action, keys, press }: Press): TemplateResult {
  return html`<button type="button" class="button button--quiet button--icon button--small" aria-label=${label} title=${label}
    data-action=${action} aria-keyshortcuts=${keys ?? nothing} @click=${press}>${sign(name)}</button>`;
}

interface Body {
  readonly body: string;
  readonly language: string;
  /** The rendered preview; null while writing. */
  readonly preview: string | null;
  readonly errors: readonly string[] | undefined;
}

interface BodyActs {
  readonly change: (body: string) => void;
  readonly toggle: () => void;
}

/** The words of a note, or how they will be read. */
export function bodyField({ body, language, preview, errors }: Body, acts: BodyActs): TemplateResult {
  const writing = preview === null;
  return html`<div class="field ${errors ? "field--error" : ""}">
    <div class="composer__tabs">
      <label class="field__label" for="note-body">${t("body")}</label>
      <button type="button" class="button button--small button--quiet" aria-pressed=${!writing} data-action="preview"
        @click=${acts.toggle}>${sign(writing ? "eye" : "edit")}${t(writing ? "preview" : "write")}</button>
    </div>
    <textarea id="note-body" class="input input--text" dir="auto" lang=${language} rows="5" maxlength="20000"
      ?hidden=${!writing} .value=${body} aria-describedby="note-body-help" aria-invalid=${errors ? "true" : nothing}
      @input=${(event: Event) => acts.change((event.target as HTMLTextAreaElement).value)}></textarea>
    ${writing ? nothing : html`<div class="note__body composer__preview" dir="auto" lang=${language}>${rendered(preview ?? "")}</div>`}
    <p class="field__help" id="note-body-help">${t("body_help")}</p>
    ${fieldError(errors, "body-error")}
  </div>`;
}

/** What became of what was typed, and the button that saves it. */
export function foot(keeping: Keeping | "", busy: boolean): TemplateResult {
  const kept = keeping
    ? html`<span class="save-state ${keeping === "local" ? "save-state--failed" : ""}" role="status">${sign(keeping === "saved" ? "check" : "clock")}${t(`keeping_${keeping}`)}</span>`
    : html`<span></span>`;
  return html`<div class="composer__foot">
    ${kept}
    <button class="button button--primary" type="submit" aria-disabled=${busy ? "true" : nothing}>${t(busy ? "saving_note" : "save")}</button>
  </div>`;
}
