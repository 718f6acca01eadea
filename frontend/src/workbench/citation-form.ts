/**
 * `<citation-form>`: a source outside the archive, pasted (BibTeX, RIS, CSL-JSON, DOI, ISBN, address) or filled in.
 *
 * Tells `place-chosen` with a target `{csl, pages}` and `picker-close`. Nothing is fetched from anywhere else.
 */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { request } from "../lib/http";
import { LightElement } from "../lib/light";
import { fieldError, sign } from "../lib/templates";
import type { ChosenPlace } from "./basket-picker";
import { t } from "./messages";
import type { Csl } from "./types";

const KINDS = [
  "book",
  "chapter",
  "article-journal",
  "article-newspaper",
  "webpage",
  "thesis",
  "report",
  "manuscript",
  "document",
] as const;
/** The fields, each with its name in CSL. */
const FIELDS = [
  "title",
  "author",
  "container-title",
  "publisher-place",
  "publisher",
  "issued",
  "volume",
  "issue",
  "DOI",
  "ISBN",
  "URL",
] as const;
type Field = (typeof FIELDS)[number];
const LEFT_TO_RIGHT: readonly Field[] = ["DOI", "ISBN", "URL"];

export class CitationForm extends LightElement {
  static override properties = {
    url: { type: String },
    pasted: { state: true },
    csl: { state: true },
    pages: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  /** Where what is pasted is read. */
  declare url: string;
  declare pasted: string;
  declare csl: Csl;
  declare pages: string;
  declare problem: string;
  declare busy: boolean;

  constructor() {
    super();
    this.url = "";
    this.pasted = "";
    this.csl = { type: "book" };
    this.pages = "";
    this.problem = "";
    this.busy = false;
  }

  protected override firstUpdated(): void {
    this.querySelector("textarea")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="picker citation-form" role="group" aria-label=${t("source")} @keydown=${this.#key}>
      <div class="picker__head"><strong>${t("source")}</strong>
        <button type="button" class="button button--quiet button--icon button--small" aria-label=${t("close")} title=${t("close")}
          @click=${() => this.tell("picker-close")}>${sign("close")}</button></div>
      <label class="field"><span class="field__label">${t("source_paste")}</span>
        <textarea class="input" rows="2" dir="auto" maxlength="20000" .value=${this.pasted}
          @input=${(event: Event) => {
            this.pasted = (event.target as HTMLTextAreaElement).value;
          }} @paste=${() => setTimeout(() => void this.#read())}></textarea></label>
      <div class="actions"><button type="button" class="button button--small" data-action="read-source" aria-disabled=${this.busy ? "true" : nothing}
        @click=${() => void this.#read()}>${t("source_read")}</button></div>
      <label class="field"><span class="field__label">${t("source_kind")}</span>
        <select class="input" name="type" @change=${(event: Event) => this.#set("type", (event.target as HTMLSelectElement).value)}>
          ${this.#kinds().map((kind) => html`<option value=${kind} ?selected=${kind === this.csl.type}>${kindName(kind)}</option>`)}
        </select></label>
      <div class="citation-form__fields">${FIELDS.map(this.#field)}
        <label class="field"><span class="field__label">${t("source_pages")}</span>
          <input class="input" name="pages" dir="auto" maxlength="200" .value=${this.pages} @input=${(
            event: Event,
          ) => {
            this.pages = (event.target as HTMLInputElement).value;
          }} /></label></div>
      ${this.problem ? fieldError([this.problem], "source-error") : nothing}
      <div class="actions"><button type="button" class="button button--small button--primary" data-action="add-source"
        @click=${this.#add}>${t("source_add")}</button></div>
    </div>`;
  }

  #kinds(): string[] {
    const known: readonly string[] = KINDS;
    return known.includes(this.csl.type) ? [...known] : [this.csl.type, ...known];
  }

  #field = (name: Field): TemplateResult => {
    const value = shown(this.csl, name);
    return html`<label class="field"><span class="field__label">${t(`source_${name}`)}</span>
      ${
        name === "author"
          ? html`<textarea class="input" name="author" dir="auto" rows="1" .value=${value} @change=${this.#typed(name)}></textarea>`
          : html`<input class="input" name=${name} dir=${LEFT_TO_RIGHT.includes(name) ? "ltr" : "auto"} maxlength="500" .value=${value}
          @change=${this.#typed(name)} />`
      }</label>`;
  };

  #typed =
    (name: Field) =>
    (event: Event): void => {
      const words = (event.target as HTMLInputElement).value.trim();
      if (name === "author") this.#set(name, people(words));
      else if (name === "issued") this.#set(name, issued(words));
      else this.#set(name, words);
    };

  #set(name: string, value: unknown): void {
    this.csl = { ...this.csl, [name]: value === "" ? undefined : value };
    this.problem = "";
  }

  async #read(): Promise<void> {
    if (this.busy || !this.pasted.trim()) return;
    this.busy = true;
    const answer = await request<{ csl: Csl; label: string; detail?: string }>("POST", this.url, {
      body: { pasted: this.pasted },
    }).catch(() => null);
    this.busy = false;
    if (!answer?.ok) {
      this.#refuse(answer?.data.detail ?? t("source_failed"));
      return;
    }
    this.csl = answer.data.csl;
    this.problem = "";
    announce(t("source_was_read", { label: answer.data.label }));
  }

  #add = (): void => {
    const { title, URL: address, DOI: doi } = this.csl;
    const label = title || address || doi;
    if (!label || typeof label !== "string") {
      this.#refuse(t("source_nameless"));
      return;
    }
    this.tell<ChosenPlace>("place-chosen", { target: { csl: this.csl, pages: this.pages.trim() }, label });
  };

  #refuse(problem: string): void {
    this.problem = problem;
    announce(problem);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.tell("picker-close");
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement && !event.ctrlKey) {
      event.target.dispatchEvent(new Event("change"));
      this.#add();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function kindName(kind: string): string {
  const known: readonly string[] = KINDS;
  return known.includes(kind) ? t(`source_kind_${kind as (typeof KINDS)[number]}`) : kind;
}

interface Person {
  readonly family?: string;
  readonly given?: string;
  readonly literal?: string;
}

/** What a field shows of the CSL data. */
function shown(csl: Csl, name: Field): string {
  const value = csl[name];
  if (name === "author") {
    return ((value ?? []) as Person[])
      .map(({ family, given, literal }) => literal ?? [family, given].filter(Boolean).join(", "))
      .join("\n");
  }
  if (name !== "issued") return typeof value === "string" ? value : "";
  const date = (value ?? {}) as { "date-parts"?: number[][]; literal?: string };
  return date.literal ?? date["date-parts"]?.map((part) => part.join("-")).join("/") ?? "";
}

/** One person on each line: "Family, Given", or a name as it is. */
function people(words: string): Person[] | "" {
  const found = words
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [family = "", ...given] = line.split(/[,،]/);
      return given.length > 0 ? { family: family.trim(), given: given.join(",").trim() } : { literal: line };
    });
  return found.length > 0 ? found : "";
}

function issued(words: string): object | "" {
  if (!words) return "";
  const parts = /^(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(words);
  return parts ? { "date-parts": [parts.slice(1).filter(Boolean).map(Number)] } : { literal: words };
}
