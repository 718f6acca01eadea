/**
 * `<hashiya-workbench>`: the panel beside the text. It shows the notes on the screen, holds the composer and the
 * submission, and keeps the painting of the text in step with what becomes of notes.
 */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { LightElement } from "../lib/light";
import { scrollPanel } from "../lib/scroll";
import { sign } from "../lib/templates";
import { toast } from "../lib/toast";
import type { CardSource, Panel, Reader } from "../reader/reader";
import type { Selecting } from "../selection/selecting";
import type { ActionName } from "../selection/toolbar";
import type { TextLayer } from "../textlayer/layer";
import { type Note, NoteStore } from "../textlayer/notes";
import type { Span } from "../textlayer/spans";
import { NARROW } from "../textlayer/viewport";
import { tellPickedUp } from "./basket";
import { watchCarrying } from "./carrying";
import { countNotes } from "./counting";
import { t } from "./messages";
import { type NoteActionEvent, NoteCard } from "./note-card";
import { Service } from "./service";
import type { Bootstrap, Extent } from "./types";
import { PENDING, Writing } from "./writing";

/** Cards that the list begins with, and how many more each press of its button brings. */
const LISTED = 60;

export class Workbench extends LightElement implements Panel, CardSource {
  static override properties = {
    notes: { state: true },
    most: { state: true },
    chosen: { state: true },
    submitting: { state: true },
    failed: { state: true },
  };

  /** The notes on the screen. */
  declare notes: readonly Note[];
  declare most: number;
  declare chosen: string | null;
  /** The id of the note that opened the submission, "" for all, null when it is closed. */
  declare submitting: string | null;
  declare failed: boolean;

  readonly #narrow = matchMedia(NARROW);
  #data!: Bootstrap;
  #service!: Service;
  #store!: NoteStore;
  #reader!: Reader;
  #selecting!: Selecting;
  #writing: Writing | null = null;
  /** Whether the server said once what is on the screen: before, nobody knows that there is nothing. */
  #isTold = false;

  constructor() {
    super();
    this.notes = [];
    this.most = LISTED;
    this.chosen = null;
    this.submitting = null;
    this.failed = false;
    this.#narrow.addEventListener("change", () => this.requestUpdate());
  }

  /** Take the page's data; called before the reader is made. */
  prepare(data: Bootstrap): void {
    this.#data = data;
    this.#store = new NoteStore(data.notes_url ?? data.annotations_url);
  }

  /** Join the reader and the selection, and take up the last draft. */
  async connect(reader: Reader, selecting: Selecting): Promise<void> {
    this.#reader = reader;
    this.#selecting = selecting;
    this.#service = new Service(this.#data, reader.layer.text);
    NoteCard.picksUp = this.#service.may("annotate");
    this.#writing = new Writing(this, this.#service, reader, selecting, this.#store);
    this.addEventListener("compose-saved", () => this.#showView());
    // Cards in a popover or a sheet stand outside this element.
    document.addEventListener("note-action", (event) =>
      this.#noteAction(event as CustomEvent<NoteActionEvent>),
    );
    // Notes may have come before there was a reader to say which of them are on the screen.
    this.#showView();
    this.choose(this.chosen);
    this.requestUpdate();
    watchCarrying(reader.layer, () => this.#refresh());
    await this.#writing.resume();
  }

  // What the reader asks of its panel.

  get element(): HTMLElement {
    return this;
  }

  get isShown(): boolean {
    return !this.#narrow.matches;
  }

  start(_layer: TextLayer): void {
    this.requestUpdate();
  }

  async show(start: number, end: number): Promise<void> {
    if (start === end) return; // Nothing is on the screen yet.
    this.failed = false;
    try {
      await this.#store.load(start, end);
    } catch {
      this.failed = true;
    }
    this.#isTold = true;
    this.#showView();
  }

  choose(id: string | null): void {
    this.chosen = id;
    if (id && this.isShown && !this.#writing?.composing) {
      void this.updateComplete.then(() => scrollPanel(this, this.standing(id)));
    }
  }

  // What the reader asks of a source of cards.

  async load(spans: readonly Span[]): Promise<void> {
    const missing = spans.filter(({ id }) => !this.#store.get(id));
    if (missing.length === 0) return;
    // Notes that lie on one word are asked for by that word: some of them may hold the whole text.
    const [from, to] = [
      Math.max(...missing.map(({ start }) => start)),
      Math.min(...missing.map(({ end }) => end)),
    ];
    if (from < to) await this.#store.load(from, to);
    else await Promise.all(missing.map(({ start, end }) => this.#store.load(start, end)));
  }

  standing(id: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-note="${CSS.escape(id)}"]`);
  }

  copy(id: string): HTMLElement | null {
    const note = this.#store.get(id);
    if (!note) return null;
    const card = new NoteCard();
    card.note = note;
    return card;
  }

  /** Do what the toolbar of the selection says. */
  act(action: ActionName, passage: Extent): void {
    if (action === "pickup") {
      void this.#writing?.pickUp(passage);
      return;
    }
    this.submitting = null;
    if (action === "pick") this.#writing?.picked(passage);
    else if (action === "note" || action === "tag" || action === "link")
      this.#writing?.begin(passage, action);
  }

  protected override render(): TemplateResult | typeof nothing {
    const writing = this.#writing;
    if (!writing) return nothing;
    this.toggleAttribute("data-open", writing.composing !== null || this.submitting !== null);
    return html`
      ${
        writing.composing
          ? html`<note-composer .composing=${writing.composing} .service=${this.#service} .keeping=${writing.keeping}
              .picking=${writing.picking} .restored=${writing.restored}></note-composer>`
          : nothing
      }
      ${
        this.submitting === null
          ? nothing
          : html`<submit-notes .service=${this.#service} .first=${this.submitting}
              @submit-close=${this.#closeSubmission} @submit-done=${this.#refresh}></submit-notes>`
      }
      ${writing.composing ? nothing : this.#bar()}
      ${this.failed ? html`<p class="alert alert--danger" role="alert">${t("load_failed")}</p>` : nothing}
      <div class="workbench__notes">
        ${repeat(
          this.#listed(),
          ({ id }) => id,
          (note) =>
            html`<note-card .note=${note} .current=${note.id === this.chosen} .saving=${note.id === PENDING}></note-card>`,
        )}
        ${this.notes.length > this.most ? this.#more() : nothing}
        ${this.notes.length === 0 && this.#isTold && !writing.composing ? this.#empty() : nothing}
      </div>`;
  }

  /** The first ones, and always those that somebody looks at or writes. */
  #listed(): readonly Note[] {
    if (this.notes.length <= this.most) return this.notes;
    const wanted = new Set([this.chosen, PENDING]);
    return this.notes.filter(({ id }, index) => index < this.most || wanted.has(id));
  }

  #more(): TemplateResult {
    return html`<button type="button" class="button" data-action="more-notes" @click=${() => {
      this.most += LISTED;
    }}>${t("more_notes", { n: this.notes.length - this.most })}</button>`;
  }

  #bar(): TemplateResult {
    const count = this.notes.filter((note) => !note.is_arrival).length;
    return html`<div class="workbench__bar">
      <h2 class="workbench__title">${count > 0 ? t("on_screen", { n: count }) : t("panel")}</h2>
      <span class="actions">
        <button type="button" class="button button--small button--quiet button--icon" aria-label=${t("keyboard")}
          title=${t("keyboard")} data-caret-toggle @click=${() => this.#selecting.caret.toggle()}>${sign("keyboard")}</button>
        ${
          this.#service.may("submit")
            ? html`<button type="button" class="button button--small" data-action="submit-notes" @click=${() => {
                this.submitting = "";
              }}>${sign("send")}${t("submit_notes")}</button>`
            : nothing
        }
      </span>
    </div>`;
  }

  #empty(): TemplateResult {
    const help = html`<p class="empty__text">${t("how_to")}</p><p class="empty__text tiny">${t("shortcuts")}</p>`;
    return html`<div class="empty"><p class="empty__title">${t("none_on_screen")}</p>
      ${this.#service.may("annotate") ? help : nothing}</div>`;
  }

  #noteAction(event: CustomEvent<NoteActionEvent>): void {
    const { action, note } = event.detail;
    if (action === "pickup") void tellPickedUp(this.#data.basket_url ?? "", { annotation: note.id });
    else if (action === "revise") {
      this.submitting = null;
      this.#writing?.revise(note);
    } else if (action === "submit") this.submitting = note.id;
    else if (action === "withdraw") void this.#withdraw(note);
    else if (action === "take") void this.#take(note);
  }

  async #take(note: Note): Promise<void> {
    const taken = await this.#service.take(note);
    if (typeof taken === "string") toast(taken);
    else {
      this.#store.put(taken);
      toast(t("wording_taken"));
    }
    this.#refresh();
  }

  async #withdraw(note: Note): Promise<void> {
    if (!(await this.#service.withdraw(note))) {
      toast(t("withdraw_failed"));
      return;
    }
    const { layer } = this.#reader;
    this.#store.drop(note.id);
    countNotes(-1);
    layer.spans = layer.spans.without(note.id);
    layer.recount(note.start, note.end);
    this.#reader.choose(null);
    this.#showView();
    toast(t("withdrawn"));
  }

  /** Ask the server anew for what is on the screen: what may be done with notes has changed. */
  #refresh(): void {
    this.#store.forget();
    void this.show(...this.#reader.layer.view);
  }

  #closeSubmission(): void {
    this.submitting = null;
  }

  #showView(): void {
    if (this.#reader) this.notes = this.#store.over(...this.#reader.layer.view);
  }
}
