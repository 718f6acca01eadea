/**
 * `<note-composer>`: writing a note, in the panel beside the text.
 *
 * Every change tells `draft-change`. Saving tells `compose-saving` before the server is asked, so that the note is
 * painted at once, then `compose-saved`, or `compose-failed` with the words kept. `compose-close` and
 * `compose-discard` leave it.
 */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { LightElement } from "../lib/light";
import { focusInView } from "../lib/scroll";
import { fieldError, sign } from "../lib/templates";
import { t as reader } from "../textlayer/messages";
import type { Note } from "../textlayer/notes";
import type { Category } from "../textlayer/spans";
import type { Choice } from "../ui/choices";
import { tellPickedUp } from "./basket";
import { bodyField, categories, choice, foot, iconButton } from "./composer-fields";
import { proposedCategory, targetAt } from "./composing";
import type { Keeping } from "./drafts";
import { t } from "./messages";
import type { ReferenceList } from "./reference-list";
import { explanation, homeless } from "./refusals";
import type { Serving } from "./serving";
import { staleVersions } from "./stale";
import type { Composing, Draft, FieldErrors, MediaLocus, Option, Outcome, Target } from "./types";

export class NoteComposer extends LightElement {
  static override properties = {
    composing: { attribute: false },
    service: { attribute: false },
    keeping: { type: String },
    picking: { type: Boolean },
    restored: { type: Boolean },
    draft: { state: true },
    busy: { state: true },
    problem: { state: true },
    errors: { state: true },
    rival: { state: true },
    preview: { state: true },
    newTerm: { state: true },
  };

  declare composing: Composing;
  declare service: Serving;
  declare keeping: Keeping | "";
  declare picking: boolean;
  declare restored: boolean;
  declare draft: Draft;
  declare busy: boolean;
  declare problem: string;
  declare errors: FieldErrors;
  /** The note as it is now, when somebody changed it meanwhile. */
  declare rival: Note | null;
  /** The rendered preview; null while writing. */
  declare preview: string | null;
  /** What was typed for a term that is to be created. */
  declare newTerm: string | null;

  constructor() {
    super();
    this.keeping = "";
    this.picking = false;
    this.restored = false;
    this.busy = false;
    this.problem = "";
    this.errors = {};
    this.rival = null;
    this.preview = null;
    this.newTerm = null;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("composing")) this.draft = this.composing.draft;
  }

  protected override firstUpdated(): void {
    const { intent } = this.composing;
    const place = { note: "#note-body", tag: "hashiya-combobox input", link: "reference-list select" }[
      intent
    ];
    requestAnimationFrame(() => {
      // All that belongs to a reference first, as much of it as there is room for.
      if (intent === "link") this.querySelector("reference-list")?.scrollIntoView({ block: "nearest" });
      const field = this.querySelector<HTMLElement>(place);
      // What was taken up again shows its passage first.
      if (this.restored) field?.focus({ preventScroll: true });
      else focusInView(field);
    });
  }

  /** Add the passage that was picked in the text. */
  picked(target: Target, label: string): void {
    const list = this.querySelector<ReferenceList>("reference-list");
    list?.picked(target, label);
    focusInView(list?.querySelector<HTMLElement>("input"));
  }

  /** Put what is written on another place of the same picture or film. */
  place(locus: MediaLocus): void {
    this.#change({ locus });
  }

  protected override render(): TemplateResult {
    const { draft, composing } = this;
    return html`<form class="composer" data-category=${draft.category} aria-busy=${this.busy ? "true" : nothing}
      @submit=${this.#submitted} @keydown=${this.#key}>
      <div class="note__head">
        <h2 class="composer__title">${t(composing.note ? "revise_note" : "new_note")}</h2>
        <span class="note__actions">${this.#pickUpButton()}${this.#iconButton("trash", t("discard"), "compose-discard")}${this.#iconButton("close", t("close"), "compose-close")}</span>
      </div>
      ${
        draft.locus.kind
          ? html`<place-fields .locus=${draft.locus} .service=${this.service} .errors=${this.errors.place ?? []}
              @place-typed=${(event: CustomEvent<MediaLocus>) => this.place(event.detail)}></place-fields>`
          : html`<blockquote class="note__quote" lang=${this.service.data.language ?? nothing} dir="auto">${draft.locus.exact}</blockquote>`
      }
      ${this.restored ? html`<p class="alert" role="status">${t("restored")}</p>` : nothing}
      ${this.#problems()}
      <fieldset class="composer__categories"><legend class="visually-hidden">${t("category")}</legend>${categories(draft.category, (category) => this.#change({ category }))}</fieldset>
      ${this.#bodyField()}
      <hashiya-combobox multiple .src=${this.service.data.terms_url} .label=${t("tags")} .chosen=${draft.tags}
        .creatable=${this.service.may("create_term")} @combobox-change=${this.#tagged} @combobox-create=${this.#termAsked}></hashiya-combobox>
      ${fieldError(this.errors.tags, "tags-error")}
      <div role="status">${this.#proposal()}</div>
      ${
        this.newTerm === null
          ? nothing
          : html`<new-term .service=${this.service} .words=${this.newTerm} @term-created=${this.#termCreated} @term-cancelled=${this.#termCancelled}></new-term>`
      }
      <reference-list .references=${draft.references} .relations=${this.service.data.relations} .picking=${this.picking}
        .text=${this.service.subject} .pickable=${this.service.picks} .searchUrl=${this.service.data.search_url ?? ""}
        .basketUrl=${this.service.data.basket_url ?? ""} .basketPage=${this.service.data.basket_page ?? ""}
        .findUrl=${this.service.data.find_url ?? ""} .citationUrl=${this.service.data.citation_url ?? ""}
        .languages=${this.service.data.languages} .language=${draft.language}
        .errors=${this.errors.references ?? []} @references-change=${(event: CustomEvent<Draft["references"]>) => this.#change({ references: event.detail })}></reference-list>
      <div class="form__row">
        ${this.#select("language", this.service.data.languages)}
        ${this.#select("visibility", this.service.data.visibilities)}
        ${draft.visibility === "group" ? this.#select("group", this.service.data.groups ?? []) : nothing}
      </div>
      ${foot(this.keeping, this.busy)}
    </form>`;
  }

  #problems(): TemplateResult | typeof nothing {
    if (!this.problem) return nothing;
    return html`<div class="alert alert--danger" role="alert">${sign("error")}<div class="alert__body">
      <p>${this.problem}</p>${fieldError(homeless(this.errors, this.draft), "note-error")}
      ${this.rival ? staleVersions(this.rival, this.draft, this.#keepMine, this.#takeTheirs) : nothing}
    </div></div>`;
  }

  /** A plain note with a tag is often of the tag's kind: said, and done by one press, never by itself. */
  #proposal(): TemplateResult | typeof nothing {
    const kind = proposedCategory(this.draft);
    if (!kind) return nothing;
    const label = reader(`category_${kind}`);
    return html`<p class="composer__proposal"><button type="button" class="button button--small" data-action="take-kind"
      @click=${() => this.#takeKind(kind, label)}>${sign(kind)}${t("take_kind", { kind: label })}</button></p>`;
  }

  /** The button goes with its purpose: the keyboard goes on from the tags. */
  #takeKind(category: Category, label: string): void {
    this.#change({ category });
    announce(t("kind_taken", { kind: label }));
    this.#focusTags();
  }

  #focusTags(): void {
    focusInView(this.querySelector<HTMLElement>("hashiya-combobox input"));
  }

  #bodyField(): TemplateResult {
    const { draft, preview, errors } = this;
    return bodyField(
      { body: draft.body, language: draft.language, preview, errors: errors.body },
      { change: (body) => this.#change({ body }), toggle: () => void this.#togglePreview() },
    );
  }

  #select(name: "language" | "visibility" | "group", options: readonly Option[]): TemplateResult {
    const change = (value: string) => this.#change({ [name]: value });
    return choice(name, options, this.draft[name], this.errors[name], change);
  }

  #iconButton(name: string, label: string, event: string): TemplateResult {
    return iconButton(name, label, { action: event, press: () => this.tell(event) });
  }

  #pickUpButton(): TemplateResult | typeof nothing {
    if (!this.service.data.basket_url) return nothing;
    const keys = this.draft.locus.kind ? "P" : undefined;
    return iconButton("basket", t("pick_up_place"), {
      action: "pickup",
      keys,
      press: () => void this.pickUp(),
    });
  }

  /** Put the place that is written on into the basket. */
  async pickUp(): Promise<void> {
    await tellPickedUp(this.service.data.basket_url ?? "", targetAt(this.draft.locus));
  }

  #change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change, saved: new Date().toISOString() };
    this.tell("draft-change", this.draft);
  }

  #tagged(event: CustomEvent<readonly Choice[]>): void {
    this.#change({ tags: event.detail });
  }

  #termAsked(event: CustomEvent<string>): void {
    this.newTerm = event.detail;
  }

  #termCancelled(): void {
    this.newTerm = null;
    this.#focusTags();
  }

  #termCreated(event: CustomEvent<Choice>): void {
    this.#termCancelled();
    this.#change({ tags: [...this.draft.tags, event.detail] });
  }

  async #togglePreview(): Promise<void> {
    if (this.preview !== null) {
      this.preview = null;
      return;
    }
    this.preview = t(this.draft.body.trim() ? "previewing" : "preview_empty");
    if (this.draft.body.trim())
      this.preview = (await this.service.preview(this.draft.body)) ?? t("preview_failed");
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.save();
    } else if (event.key === "Escape") this.tell("compose-close");
  }

  #submitted(event: SubmitEvent): void {
    event.preventDefault();
    void this.save();
  }

  /** Send the note; what was typed stays until the server has it. */
  async save(): Promise<void> {
    if (this.busy) return;
    const { draft, service } = this;
    const empty = !draft.body.trim() && draft.tags.length === 0 && draft.references.length === 0;
    if (empty) return this.#fail(t("empty_note"));
    if (!service.isIntact) return this.#fail(t("error_rewritten"));
    this.busy = true;
    this.problem = "";
    this.errors = {};
    this.tell("compose-saving", draft);
    const outcome = await service.save(draft, this.composing.note, this.composing.key);
    this.busy = false;
    if (outcome.kind === "saved") this.tell("compose-saved", outcome.note);
    else {
      this.tell("compose-failed");
      this.#explain(outcome);
    }
  }

  #explain(outcome: Exclude<Outcome, { kind: "saved" }>): void {
    if (outcome.kind === "invalid") this.errors = outcome.errors;
    if (outcome.kind === "stale") this.rival = outcome.current;
    this.#fail(explanation(outcome));
  }

  #fail(problem: string): void {
    this.problem = problem;
    announce([problem, ...homeless(this.errors, this.draft)].join(" "));
    void this.updateComplete.then(() =>
      this.querySelector(".alert--danger")?.scrollIntoView({ block: "nearest" }),
    );
  }

  #keepMine = (): void => {
    this.#change({ base_version: this.rival?.version_id ?? null });
    this.rival = null;
    void this.save();
  };

  #takeTheirs = (): void => {
    const theirs = this.rival;
    if (!theirs) return;
    this.rival = null;
    this.problem = "";
    this.#change({ body: theirs.body_source, category: theirs.category, base_version: theirs.version_id });
  };
}
