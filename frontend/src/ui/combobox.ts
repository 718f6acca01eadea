/**
 * `<hashiya-combobox src="/terms" name="tags" multiple label="Tags">`: choose from what the server finds.
 *
 * The server is asked with `?q=`; it answers one list of `{id, label, kind, …}` under
 * any name. With `name`,
 * hidden inputs carry the chosen ids in a form. `creatable` offers to create what was not found and tells
 * `combobox-create`. Every change tells `combobox-change` with the chosen ones. Children already chosen by the
 * server: `<data value="id">label</data>`.
 */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { debounce } from "../lib/dom";
import { request } from "../lib/http";
import { LightElement } from "../lib/light";
import { sign } from "../lib/templates";
import { type Choice, isNamed, namesOf, ranked } from "./choices";
import { t } from "./messages";

let serial = 0;
const PAUSE = 150;

export class ComboBox extends LightElement {
  static override properties = {
    src: { type: String },
    name: { type: String },
    label: { type: String },
    placeholder: { type: String },
    multiple: { type: Boolean },
    creatable: { type: Boolean },
    chosen: { attribute: false },
    found: { state: true },
    active: { state: true },
    open: { state: true },
    query: { state: true },
    failed: { state: true },
  };

  declare src: string;
  declare name: string;
  declare label: string;
  declare placeholder: string;
  declare multiple: boolean;
  declare creatable: boolean;
  declare chosen: readonly Choice[];
  declare found: readonly Choice[];
  declare active: number;
  declare open: boolean;
  declare query: string;
  declare failed: boolean;

  readonly #id = `combobox-${++serial}`;
  readonly #ask = debounce(PAUSE, () => void this.#search());

  constructor() {
    super();
    this.src = "";
    this.name = "";
    this.label = "";
    this.placeholder = "";
    this.multiple = false;
    this.creatable = false;
    this.chosen = [];
    this.found = [];
    this.active = -1;
    this.open = false;
    this.query = "";
    this.failed = false;
  }

  override connectedCallback(): void {
    const given = [...this.querySelectorAll<HTMLDataElement>(":scope > data")];
    if (given.length > 0) {
      this.chosen = given.map((data) => ({
        id: data.value,
        label: data.textContent?.trim() ?? "",
        kind: data.dataset.kind ?? "",
      }));
      for (const data of given) data.remove();
    }
    super.connectedCallback();
  }

  override focus(): void {
    this.querySelector("input")?.focus();
  }

  /** Choose something from outside: a term that was just created. */
  add(choice: Choice): void {
    if (this.chosen.some(({ id }) => id === choice.id)) return;
    this.#change(this.multiple ? [...this.chosen, choice] : [choice]);
    announce(t("added", { label: choice.label }));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("active"))
      this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const options = this.#options();
    return html`
      <div class="combobox field">
        <label class="field__label" for=${this.#id}>${this.label}</label>
        ${this.chosen.length > 0 ? this.#chips() : nothing}
        <input
          id=${this.#id} class="input" type="text" role="combobox" autocomplete="off" dir="auto"
          aria-autocomplete="list" aria-expanded=${this.open} aria-controls="${this.#id}-list"
          aria-activedescendant=${this.active >= 0 ? `${this.#id}-${this.active}` : nothing}
          placeholder=${this.placeholder || nothing} .value=${this.query}
          @input=${this.#typed} @keydown=${this.#key} @blur=${this.#left} @focus=${this.#typed} />
        <ul class="combobox__list" id="${this.#id}-list" role="listbox" aria-label=${this.label} ?hidden=${!this.open}>
          ${options.map((option, index) => this.#option(option, index))}
          ${options.length === 0 ? html`<li class="combobox__empty">${this.#emptyWords()}</li>` : nothing}
        </ul>
        ${this.name ? this.chosen.map(({ id }) => html`<input type="hidden" name=${this.name} value=${id} />`) : nothing}
      </div>`;
  }

  #chips(): TemplateResult {
    return html`<ul class="combobox__chips">
      ${this.chosen.map(
        (choice) => html`<li class="tag" data-category=${choice.kind || nothing}>
          <bdi>${choice.label}</bdi>
          <button type="button" class="combobox__remove" aria-label=${t("remove", { label: choice.label })}
            @click=${() => this.#remove(choice)}>${sign("close")}</button>
        </li>`,
      )}
    </ul>`;
  }

  #option(option: Choice | null, index: number): TemplateResult {
    const selected = index === this.active;
    return html`<li class="combobox__option" id="${this.#id}-${index}" role="option" aria-selected=${selected}
      data-category=${option?.kind || nothing} @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#choose(index)}>
      ${option ? optionWords(option) : html`${sign("plus")}<span>${t("create", { query: this.query.trim() })}</span>`}
    </li>`;
  }

  /** What is offered; null stands for "create it". */
  #options(): (Choice | null)[] {
    const taken = new Set(this.chosen.map(({ id }) => id));
    const free = ranked(this.found, this.query).filter(({ id }) => !taken.has(id));
    const known = this.found.some((choice) => isNamed(choice, this.query));
    return this.creatable && this.query.trim() && !known ? [...free, null] : free;
  }

  #emptyWords(): string {
    return this.failed ? t("search_failed") : t("no_results", { query: this.query.trim() });
  }

  #typed(event: Event): void {
    this.query = (event.target as HTMLInputElement).value;
    this.active = -1;
    this.#ask();
  }

  async #search(): Promise<void> {
    const asked = this.query;
    const url = new URL(this.src, document.baseURI);
    url.searchParams.set("q", asked.trim());
    try {
      const answer = await request<Record<string, readonly Choice[]>>("GET", url.href);
      if (asked !== this.query) return;
      this.failed = !answer.ok;
      this.found = answer.ok ? (Object.values(answer.data).find(Array.isArray) ?? []) : [];
    } catch {
      this.failed = true;
      this.found = [];
    }
    this.open = this.contains(document.activeElement) && (asked.trim() !== "" || this.found.length > 0);
    if (this.open) announce(t("results", { n: this.found.length }));
  }

  #key(event: KeyboardEvent): void {
    if (event.metaKey || event.isComposing) return;
    const options = this.#options();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      this.open = true;
      this.active =
        (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length || 0;
    } else if (event.key === "Enter" && !event.ctrlKey && this.open && options.length > 0)
      this.#choose(Math.max(0, this.active));
    else if (event.key === "Escape" && this.open) this.open = false;
    else if (event.key === "Backspace" && this.query === "" && this.chosen.length > 0) {
      this.#remove(this.chosen.at(-1) as Choice);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(index: number): void {
    const option = this.#options()[index];
    if (option === undefined) return;
    const query = this.query.trim();
    this.#ask.cancel();
    this.query = "";
    this.open = false;
    this.active = -1;
    this.found = [];
    if (option) this.add(option);
    else this.tell("combobox-create", query);
  }

  #remove(choice: Choice): void {
    this.#change(this.chosen.filter(({ id }) => id !== choice.id));
    announce(t("removed", { label: choice.label }));
    this.focus();
  }

  #change(chosen: readonly Choice[]): void {
    this.chosen = chosen;
    this.tell("combobox-change", chosen);
  }

  #left(): void {
    this.#ask.cancel();
    this.open = false;
  }
}

function optionWords(option: Choice): TemplateResult {
  const [shown, ...others] = namesOf(option);
  const apart = option.disambiguation || option.kind_label;
  return html`<span class="combobox__mark" aria-hidden="true"></span>
    <span class="combobox__words"><bdi>${shown}</bdi>
      <small>${[...others, ...(apart ? [apart] : [])].map((words) => html`<bdi>${words}</bdi>`)}</small></span>`;
}
