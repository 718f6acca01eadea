/** `<note-card>`: one note with what its reader may do; tells `note-action` with `{action, note}`. */

import { html, nothing, type TemplateResult } from "lit";
import { dateFormat } from "../lib/dates";
import { LightElement } from "../lib/light";
import { rendered, sign } from "../lib/templates";
import { t as talk } from "../talk/messages";
import { t as reader } from "../textlayer/messages";
import type { Note, NoteDecision, NoteReference, SuggestedWording } from "../textlayer/notes";
import { t } from "./messages";

export type NoteAction = "take" | "revise" | "withdraw" | "submit" | "pickup" | "go";
export interface NoteActionEvent {
  readonly action: NoteAction;
  readonly note: Note;
}

/** Of the actions that the server allows, those that this card can offer, with their icons. */
const OFFERED = { revise: "edit", withdraw: "trash", submit: "send", pickup: "basket" } as const;
type Offered = keyof typeof OFFERED;

export class NoteCard extends LightElement {
  static override properties = {
    note: { attribute: false },
    current: { type: Boolean, reflect: true },
    saving: { type: Boolean },
    asking: { state: true },
  };

  /** Whether this person picks notes up, as the page says. */
  static picksUp = false;

  declare note: Note;
  declare current: boolean;
  /** Painted already, not yet answered by the server. */
  declare saving: boolean;
  declare asking: boolean;

  constructor() {
    super();
    this.current = false;
    this.saving = false;
    this.asking = false;
  }

  protected override render(): TemplateResult {
    const { note } = this;
    return html`<article
      class="note ${note.status === "draft" ? "note--draft" : ""}" data-note=${note.id} data-category=${note.category}
      tabindex="0" aria-current=${this.current ? "true" : nothing} aria-busy=${this.saving ? "true" : nothing}>
      <div class="note__head">
        <span class="badge" data-category=${note.category}>${sign(note.category)}${reader(`category_${note.category}`)}</span>
        ${note.is_arrival ? nothing : html`<span class="status status--${note.status}">${this.saving ? t("saving_note") : statusWord(note.status)}</span>`}
      </div>
      ${note.kind ? html`<note-place .note=${note}></note-place>` : html`<blockquote class="note__quote" dir="auto">${note.exact}</blockquote>`}
      ${note.body_html ? html`<div class="note__body" lang=${note.language || nothing} dir="auto">${rendered(note.body_html)}</div>` : nothing}
      ${note.decision ? decided(note.decision, note.status) : nothing}
      ${note.decision?.wording ? this.#suggested(note.decision.wording) : nothing}
      ${note.references.map(referenceLine)}
      ${note.tags.length > 0 ? tags(note) : nothing}
      ${note.is_arrival ? nothing : html`<div class="note__foot"><bdi>${note.author.name}</bdi>${note.updated ? when(note.updated) : nothing}</div>`}
      ${note.actions.includes("revise") ? (note.told ?? []).map((words) => html`<p class="small muted">${sign("info")} ${words}</p>`) : nothing}
      ${note.references_url && note.references.length > 0 ? html`<p class="small"><a href=${note.references_url}>${sign("graph")} ${t("references_around", { n: note.references.length })}</a></p>` : nothing}
      ${this.asking ? this.#question() : this.#actions()}
      ${this.saving ? nothing : talkLinks(note)}
    </article>`;
  }

  #suggested({ parts, language, take }: SuggestedWording): TemplateResult {
    return html`<div class="suggested">
      <p class="suggested__title">${t("suggested_wording")}</p>
      <div class="diff" lang=${language || nothing} dir="auto">${parts.map(run)}</div>
      ${
        take && !this.saving
          ? html`<button type="button" class="button button--small button--primary" data-action="take"
              @click=${() => this.#say("take")}>${sign("check")}${t("take_wording")}</button>`
          : nothing
      }</div>`;
  }

  #actions(): TemplateResult | typeof nothing {
    const offered = (Object.keys(OFFERED) as Offered[]).filter(
      (action) =>
        this.note.actions.includes(action) ||
        (action === "pickup" && NoteCard.picksUp && !this.note.is_arrival),
    );
    if (offered.length === 0 || this.saving) return nothing;
    return html`<div class="note__foot actions">${offered.map(
      (action) => html`<button type="button" class="button button--small button--quiet" data-action=${action}
        @click=${() => this.#act(action)}>${sign(OFFERED[action])}${t(action)}</button>`,
    )}${this.#others()}</div>`;
  }

  #others(): TemplateResult | typeof nothing {
    const { others_url: url, actions } = this.note;
    if (!url || !actions.includes("revise")) return nothing;
    return html`<a class="button button--small button--quiet" href=${url}>${sign("search")}${t("others")}</a>`;
  }

  #question(): TemplateResult {
    return html`<div class="note__foot actions" role="group" aria-label=${t("withdraw_sure")}>
      <span>${t("withdraw_sure")}</span>
      <button type="button" class="button button--small button--danger" data-action="withdraw-yes"
        @click=${() => this.#say("withdraw")}>${t("withdraw_yes")}</button>
      <button type="button" class="button button--small" @click=${() => {
        this.asking = false;
      }}>${t("withdraw_no")}</button>
    </div>`;
  }

  #act(action: Offered): void {
    if (action === "withdraw") this.asking = true;
    else this.#say(action);
  }

  #say(action: NoteAction): void {
    this.asking = false;
    this.tell<NoteActionEvent>("note-action", { action, note: this.note });
  }
}

/** The script of talks opens the talk within this element; nothing here is rendered after its end. */
function talkLinks(note: Note): TemplateResult | typeof nothing {
  if (!note.talk_url) return nothing;
  return html`<div class="talk-links small"><a href=${note.talk_url} data-talk=${note.talk_url}>${sign("reply")}${
    note.replies ? talk("replies", { n: note.replies }) : talk("talk")
  }</a>${note.history_url ? html`<a href=${note.history_url}>${sign("history")}${talk("versions")}</a>` : nothing}</div>`;
}

/** Why it came back: what whoever wrote it goes on from. */
function decided(decision: NoteDecision, status: string): TemplateResult {
  const pill = html`<span class="status status--${decision.status}">${decision.label}</span>`;
  // The head of the card says it already, unless the note was gone on from.
  const outcome = decision.past ? decision.label : decision.status === status ? nothing : pill;
  return html`<p class="note__decision small">${outcome}
    ${t("decided_by", { name: decision.reviewer })}${decision.reason ? html`<br><span dir="auto">${decision.reason}</span>` : nothing}</p>`;
}

function run([kind, text]: readonly [string, string]): TemplateResult | string {
  if (kind === "ins") return html`<ins>${text}</ins>`;
  if (kind === "del") return html`<del>${text}</del>`;
  return kind === "cut" ? html`<span class="diff__skip">…</span>` : text;
}

function tags(note: Note): TemplateResult {
  return html`<ul class="tag-list">${note.tags.map(
    (tag) =>
      html`<li><a class="tag" data-category=${tag.kind} href=${tag.url}><bdi>${tag.label}</bdi></a></li>`,
  )}</ul>`;
}

function referenceLine(reference: NoteReference): TemplateResult {
  return html`<p class="xref">
    <span class="xref__relation">${sign("link")} ${reference.relation_label}</span>
    <a href=${reference.target_url} dir="auto">${reference.target_label}</a>
    ${reference.note ? html`<span dir="auto">${reference.note}</span>` : nothing}
  </p>`;
}

type Status = "draft" | "submitted" | "returned" | "declined" | "accepted" | "withdrawn";
const STATUSES: readonly string[] = ["draft", "submitted", "returned", "declined", "accepted", "withdrawn"];

function statusWord(status: string): string {
  return STATUSES.includes(status) ? t(`status_${status as Status}`) : status;
}

function when(iso: string): TemplateResult {
  const date = new Date(iso);
  const format = dateFormat({ day: "numeric", month: "long", year: "numeric" });
  return html`<time datetime=${iso}>${format.format(date)}</time>`;
}
