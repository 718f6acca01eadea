/** `<submit-notes>`: choose drafts, say something to the reviewer, send. Tells `submit-done` and `submit-close`. */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { LightElement } from "../lib/light";
import { fieldError, sign } from "../lib/templates";
import type { Note } from "../textlayer/notes";
import { randomKey } from "./composing";
import { t } from "./messages";
import type { Serving } from "./serving";
import type { FieldErrors } from "./types";

const KEPT = "hashiya.submission.";
/** More notes than that scroll in a frame, so that the button stays near. */
const LONG = 12;

export class SubmitNotes extends LightElement {
  static override properties = {
    service: { attribute: false },
    first: { type: String },
    notes: { state: true },
    chosen: { state: true },
    message: { state: true },
    busy: { state: true },
    problem: { state: true },
    errors: { state: true },
    done: { state: true },
  };

  declare service: Serving;
  /** The note whose "submit" opened this; all are chosen when there is none. */
  declare first: string;
  declare notes: readonly Note[] | null;
  declare chosen: ReadonlySet<string>;
  declare message: string;
  declare busy: boolean;
  declare problem: string;
  declare errors: FieldErrors;
  declare done: { readonly count: number; readonly url: string } | null;

  readonly #key = randomKey();

  constructor() {
    super();
    this.first = "";
    this.notes = null;
    this.chosen = new Set();
    this.message = "";
    this.busy = false;
    this.problem = "";
    this.errors = {};
    this.done = null;
  }

  protected override firstUpdated(): void {
    this.message = sessionStorage.getItem(KEPT + this.service.subject) ?? "";
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.notes = await this.service.submittable();
      this.chosen = new Set(this.first ? [this.first] : this.notes.map(({ id }) => id));
    } catch {
      this.notes = [];
      this.problem = t("load_failed");
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="panel submit-notes" aria-labelledby="submit-title">
      <div class="note__head"><h2 id="submit-title" class="composer__title">${t("submit_title")}</h2>
        <span class="note__actions"><button type="button" class="button button--quiet button--icon button--small" aria-label=${t("close")}
          @click=${() => this.tell("submit-close")}>${sign("close")}</button></span></div>
      ${this.problem ? html`<p class="alert alert--danger" role="alert">${this.problem}</p>` : nothing}
      ${this.done ? this.#thanks(this.done) : this.#form()}
    </section>`;
  }

  #thanks(done: { count: number; url: string }): TemplateResult {
    return html`<div class="alert alert--success">${sign("check-circle")}<div class="alert__body">
      <p>${t("submit_done", { n: done.count })}</p>
      ${done.url ? html`<a href=${done.url}>${t("submit_see")}</a>` : nothing}</div></div>`;
  }

  #form(): TemplateResult {
    if (this.notes === null) return html`<p role="status">${t("loading")}</p>`;
    if (this.notes.length === 0) return html`<p class="muted">${t("submit_none")}</p>`;
    return html`<form @submit=${this.#send}>
      <p class="field__help">${t("submit_help")}</p>
      <ul class="submit-notes__list ${this.notes.length > LONG ? "submit-notes__list--long" : ""}">${this.notes.map((note) => this.#row(note))}</ul>
      ${fieldError(this.errors.annotations, "annotations-error")}
      <label class="field"><span class="field__label">${t("submit_message")}</span>
        <textarea class="input input--text" dir="auto" rows="3" .value=${this.message} @input=${this.#typed}></textarea></label>
      ${fieldError(this.errors.message, "message-error")}
      <div class="actions"><button class="button button--primary" type="submit"
        ?disabled=${this.chosen.size === 0 || this.busy}>${sign("send")}${t("submit_send", { n: this.chosen.size })}</button></div>
    </form>`;
  }

  #row(note: Note): TemplateResult {
    return html`<li><label class="check check--card" data-category=${note.category}>
      <input type="checkbox" .checked=${this.chosen.has(note.id)} @change=${() => this.#toggle(note.id)} />
      <span class="check__text"><bdi>${note.exact}</bdi><span class="check__help" lang=${note.language} dir="auto">${note.body_words ?? ""}</span></span>
    </label></li>`;
  }

  #toggle(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  #typed(event: Event): void {
    this.message = (event.target as HTMLTextAreaElement).value;
    sessionStorage.setItem(KEPT + this.service.subject, this.message);
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const sent = (this.notes ?? []).filter(({ id }) => this.chosen.has(id));
    this.busy = true;
    const annotations = sent.map((note) => note.version_id);
    const sending = { annotations, message: this.message, idempotency_key: this.#key };
    const answer = await this.service.submit(sending).catch(() => null);
    this.busy = false;
    this.errors = answer?.data.errors ?? {};
    this.problem = answer?.ok ? "" : (answer?.data.detail ?? t("submit_failed"));
    if (!answer?.ok) return;
    sessionStorage.removeItem(KEPT + this.service.subject);
    this.done = { count: sent.length, url: answer.data.url ?? "" };
    announce(t("submit_done", { n: sent.length }));
    this.tell("submit-done", sent);
  }
}
