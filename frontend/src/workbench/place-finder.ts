/**
 * `<place-finder>`: finding what a note can point at without leaving it: passages, notes, pictures, films, works, and
 * what was said under a term.
 *
 * Tells `place-chosen` with `{target, label}` and `picker-close`. Down goes from the words to the results, arrows move
 * among them, Enter chooses; Escape goes back.
 */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { debounce } from "../lib/dom";
import { request } from "../lib/http";
import { LightElement } from "../lib/light";
import { fieldError, sign } from "../lib/templates";
import type { ChosenPlace } from "./basket-picker";
import { t } from "./messages";
import { partOf, partWords } from "./part-typed";
import type { Target } from "./types";

/** A result of `places/find`. */
interface Found {
  readonly kind: string;
  readonly kind_label: string;
  readonly icon: string;
  readonly title: string;
  readonly words: string;
  readonly label: string;
  readonly target: Target | null;
  /** What is inside can be asked for under this name: "image:…", "video:…", "term:…". */
  readonly inside: string;
  readonly picture: string;
}

interface Answer {
  readonly results: readonly Found[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** How many of them the pages hold, when there are more: the newest. */
  readonly newest?: number;
}

const PAUSE = 200;
const NOTHING: Answer = { results: [], page: 1, pages: 1, total: 0 };
const KINDS = ["", "passage", "annotation", "image", "video", "work", "term"] as const;

export class PlaceFinder extends LightElement {
  static override properties = {
    url: { type: String },
    query: { state: true },
    kind: { state: true },
    answer: { state: true },
    within: { state: true },
    state: { state: true },
    typed: { state: true },
    wrong: { state: true },
  };

  declare url: string;
  declare query: string;
  declare kind: (typeof KINDS)[number];
  declare answer: Answer;
  /** The result whose inside is shown. */
  declare within: Found | null;
  declare state: "" | "asking" | "asked" | "failed";
  /** Numbers or times of a part that no note is on. */
  declare typed: string;
  declare wrong: string;

  readonly #soon = debounce(PAUSE, () => void this.#ask({ q: this.query.trim(), kind: this.kind }));

  constructor() {
    super();
    this.url = "";
    this.query = "";
    this.kind = "";
    this.answer = NOTHING;
    this.within = null;
    this.state = "";
    this.typed = "";
    this.wrong = "";
  }

  protected override firstUpdated(): void {
    this.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="picker" role="group" aria-label=${t("find_place")} @keydown=${this.#key}>
      <div class="picker__head"><strong>${this.within ? html`<bdi>${this.within.title}</bdi>` : t("find_place")}</strong>
        ${this.within ? html`<button type="button" class="button button--small button--quiet" data-action="back" @click=${this.#back}>${sign("arrow-back")}${t("find_back")}</button>` : nothing}
        <button type="button" class="button button--quiet button--icon button--small" aria-label=${t("close")} title=${t("close")}
          @click=${() => this.tell("picker-close")}>${sign("close")}</button></div>
      ${this.within ? this.#part(this.within) : this.#fields()}
      ${this.#results()}</div>`;
  }

  #fields(): TemplateResult {
    return html`<div class="picker__fields">
      <input class="input" type="search" dir="auto" maxlength="200" autocomplete="off" aria-label=${t("find_words")} placeholder=${t("find_words")}
        .value=${this.query} @input=${(event: Event) => {
          this.query = (event.target as HTMLInputElement).value;
          this.#soon();
        }} />
      <select class="input" aria-label=${t("find_kind")} @change=${(event: Event) => {
        this.kind = (event.target as HTMLSelectElement).value as (typeof KINDS)[number];
        this.#soon();
      }}>${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${t(`find_kind_${kind || "all"}`)}</option>`)}</select>
    </div>`;
  }

  #results(): TemplateResult | typeof nothing {
    const { results, page, pages, total, newest } = this.answer;
    if (this.state === "failed") return html`<p class="small" role="alert">${t("find_failed")}</p>`;
    if (this.state === "asking" && results.length === 0)
      return html`<p class="small muted">${t("loading")}</p>`;
    if (this.state !== "asked") return nothing;
    if (results.length === 0) return html`<p class="small muted">${t("find_nothing")}</p>`;
    return html`<ul class="picker__list">${results.map(this.#row)}</ul>
      ${
        pages > 1
          ? html`<div class="actions"><span class="small muted">${newest ? t("find_newest", { n: newest }) : t("find_total", { n: total })}</span>
          <button type="button" class="button button--small" ?disabled=${page <= 1} @click=${() => this.#turn(page - 1)}>${t("find_before")}</button>
          <button type="button" class="button button--small" ?disabled=${page >= pages} @click=${() => this.#turn(page + 1)}>${t("find_after")}</button></div>`
          : nothing
      }`;
  }

  #row = (found: Found): TemplateResult => {
    const apart = found.target !== null && found.inside !== "";
    const label = t("find_parts", { label: found.title });
    return html`<li class="picker__item">
      <button type="button" class="picker__choose" @click=${() => this.#choose(found)}>
        ${sign(found.icon)}
        ${found.picture ? html`<img class="picker__picture" src=${found.picture} alt="" loading="lazy" decoding="async" />` : nothing}
        <span class="picker__words"><span><span class="visually-hidden">${found.kind_label}: </span><bdi>${found.title}</bdi></span>${
          found.words && found.words !== found.title
            ? html`<small dir="auto">${found.words}</small>`
            : nothing
        }</span>
        ${found.target ? nothing : sign("chevron-forward")}
      </button>
      ${
        apart
          ? html`<button type="button" class="button button--quiet button--small" data-action="parts" aria-label=${label} title=${label}
          @click=${() => void this.#enter(found)}>${t("find_inside")}${sign("chevron-forward")}</button>`
          : nothing
      }
    </li>`;
  };

  /** A part that no note is on yet is typed: a rectangle in pixels, or seconds. */
  #part(found: Found): TemplateResult | typeof nothing {
    if (found.kind !== "image" && found.kind !== "video") return nothing;
    const label = t(found.kind === "image" ? "part_pixels" : "part_seconds");
    return html`<label class="field"><span class="field__label">${label}</span>
      <span class="reference-list__address"><input class="input" dir="ltr" autocomplete="off" .value=${this.typed}
        aria-invalid=${this.wrong ? "true" : nothing} @input=${(event: Event) => {
          this.typed = (event.target as HTMLInputElement).value;
          this.wrong = "";
        }} @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.ctrlKey) return;
          event.preventDefault();
          this.#take(found);
        }} />
      <button type="button" class="button button--small" @click=${() => this.#take(found)}>${t("add_address")}</button></span></label>
      ${this.wrong ? fieldError([this.wrong], "part-error") : nothing}`;
  }

  #take(found: Found): void {
    const part = found.target ? partOf(this.typed, found.target) : "bad_region";
    if (typeof part === "string") this.wrong = partWords(part);
    else
      this.tell<ChosenPlace>("place-chosen", {
        target: part,
        label: `${found.title} · \u2066${this.typed.trim()}\u2069`,
      });
  }

  #choose(found: Found): void {
    if (found.target) this.tell<ChosenPlace>("place-chosen", { target: found.target, label: found.label });
    else void this.#enter(found);
  }

  async #enter(found: Found): Promise<void> {
    this.within = found;
    await this.#ask({ in: found.inside });
    this.querySelector<HTMLElement>(".picker__choose, input")?.focus();
  }

  #back = (): void => {
    this.within = null;
    this.typed = "";
    this.wrong = "";
    void this.#ask({ q: this.query.trim(), kind: this.kind });
    void this.updateComplete.then(() => this.querySelector("input")?.focus());
  };

  #turn(page: number): void {
    void this.#ask({ q: this.query.trim(), kind: this.kind, page: String(page) }).then(() =>
      this.#buttons()[0]?.focus(),
    );
  }

  async #ask(asked: Readonly<Record<string, string>>): Promise<void> {
    if (asked.q === "") {
      this.answer = NOTHING;
      this.state = "";
      return;
    }
    const url = new URL(this.url, document.baseURI);
    for (const [name, value] of Object.entries(asked)) if (value) url.searchParams.set(name, value);
    this.state = "asking";
    const answer = await request<Answer>("GET", url.href).catch(() => null);
    // What was typed meanwhile has its own answer on the way.
    if (asked.q !== undefined && asked.q !== this.query.trim()) return;
    this.answer = answer?.ok ? answer.data : NOTHING;
    this.state = answer?.ok ? "asked" : "failed";
    await this.updateComplete;
    announce(answer?.ok ? t("find_results", { n: this.answer.results.length }) : t("find_failed"));
  }

  #key(event: KeyboardEvent): void {
    const buttons = this.#buttons();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") this.within ? this.#back() : this.tell("picker-close");
    else if (event.target instanceof HTMLSelectElement) return;
    else if (step !== 0 && at + step < 0) this.querySelector("input")?.focus();
    else if (step !== 0 && buttons.length > 0) buttons[Math.min(at + step, buttons.length - 1)]?.focus();
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement && !event.ctrlKey) {
      if (!this.within) buttons[0]?.click();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>(".picker__choose")];
  }
}
