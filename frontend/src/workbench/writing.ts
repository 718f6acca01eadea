/** The life of what is being written: begun, kept, painted ahead, saved or let go; and picking the other passage. */

import type { ReactiveControllerHost } from "lit";
import { announce } from "../lib/announce";
import { toast } from "../lib/toast";
import type { Reader } from "../reader/reader";
import type { Selecting } from "../selection/selecting";
import type { ActionName } from "../selection/toolbar";
import type { ArticleText } from "../textlayer/article";
import type { Note, NoteStore } from "../textlayer/notes";
import { tellPickedUp } from "./basket";
import type { NoteComposer } from "./composer";
import { newNote, passageOf, resumed, revision, stands } from "./composing";
import { countNotes } from "./counting";
import { Drafts, type Keeping } from "./drafts";
import { t } from "./messages";
import { placingForm } from "./placing";
import type { Service } from "./service";
import type { Bootstrap, Composing, Draft, Extent, Intent } from "./types";

/** The id under which a note is painted before the server has named it. */
export const PENDING = "pending-note";

/** The element that shows it. */
export type Host = ReactiveControllerHost & HTMLElement;

export class Writing {
  composing: Composing | null = null;
  keeping: Keeping | "" = "";
  picking = false;
  restored = false;
  readonly #host: Host;
  readonly #data: Bootstrap;
  readonly #service: Service;
  readonly #reader: Reader;
  readonly #selecting: Selecting;
  readonly #store: NoteStore;
  readonly #drafts: Drafts;

  constructor(host: Host, service: Service, reader: Reader, selecting: Selecting, store: NoteStore) {
    this.#host = host;
    this.#service = service;
    this.#data = service.data;
    this.#reader = reader;
    this.#selecting = selecting;
    this.#store = store;
    this.#drafts = new Drafts(
      this.#data.drafts_url,
      `${this.#data.text}.${this.#data.revision}.`,
      (keeping) => {
        this.keeping = this.composing ? keeping : "";
        host.requestUpdate();
      },
    );
    for (const [type, listener] of this.#listeners()) host.addEventListener(type, listener);
  }

  begin(passage: Extent, intent: Intent): void {
    this.#compose(newNote(this.#data, this.#text, passage, intent));
  }

  revise(note: Note): void {
    this.#compose(revision(this.#data, this.#text, note));
  }

  /** A laptop that was closed in the middle of a sentence finds it again. */
  async resume(): Promise<void> {
    const kept = (await this.#drafts.all()).find(({ draft }) => stands(draft, this.#text));
    if (!kept || this.composing) return;
    const { annotation } = kept.draft;
    const locus = passageOf(kept.draft);
    if (annotation) await this.#store.load(locus.start, locus.end).catch(() => undefined);
    const note = annotation ? (this.#store.get(annotation) ?? null) : null;
    if (annotation && !note) return;
    this.#compose(resumed(kept, note), true);
    this.#reader.layer.reveal(locus);
  }

  /** The other passage was selected. */
  picked(passage: Extent): void {
    this.#pick(false);
    const { exact } = this.#service.quote(passage);
    const composer = this.#host.querySelector<NoteComposer>("note-composer");
    composer?.picked(this.#service.target(passage), exact.slice(0, 80));
    if (this.composing) this.#reader.layer.point("pending", passageOf(this.composing.draft));
  }

  /** Put a passage into the basket, for a note somewhere else. */
  async pickUp(passage: Extent): Promise<void> {
    await tellPickedUp(this.#data.basket_url ?? "", this.#service.target(passage));
  }

  get #text(): ArticleText {
    return this.#reader.layer.text;
  }

  #listeners(): [string, (event: Event) => void][] {
    return [
      ["draft-change", (event) => this.#kept((event as CustomEvent<Draft>).detail)],
      ["compose-saving", (event) => this.#paintAhead((event as CustomEvent<Draft>).detail)],
      ["compose-saved", (event) => this.#saved((event as CustomEvent<Note>).detail)],
      ["compose-failed", () => this.#unpaint()],
      ["compose-close", () => this.#leave()],
      ["compose-discard", () => this.#discard()],
      ["pick-start", () => this.#pick(true)],
      ["pick-stop", () => this.#pick(false)],
    ];
  }

  #compose(composing: Composing, restored = false): void {
    this.restored = restored;
    this.keeping = "";
    this.composing = null;
    this.#host.requestUpdate();
    this.#reader.layer.point("pending", passageOf(composing.draft));
    // A new element each time: a composer never carries over what another note said.
    void this.#host.updateComplete.then(() => {
      this.composing = composing;
      this.#host.requestUpdate();
      this.#host.scrollTop = 0;
    });
  }

  #kept(draft: Draft): void {
    if (this.composing) this.#drafts.keep(this.composing.key, draft);
  }

  /** The note is painted before the server has answered. */
  #paintAhead(draft: Draft): void {
    if (this.composing?.note) return;
    const { start, end } = passageOf(draft);
    const { layer } = this.#reader;
    layer.spans = layer.spans.with({ id: PENDING, start, end, category: draft.category });
  }

  #unpaint(): void {
    const { layer } = this.#reader;
    layer.spans = layer.spans.without(PENDING);
  }

  #saved(note: Note): void {
    const key = this.composing?.key;
    const { id, start, end, category } = note;
    const { layer } = this.#reader;
    if (!layer.spans.byId(id)) countNotes(1);
    this.#store.put(note);
    layer.spans = layer.spans.without(PENDING).with({ id, start, end, category });
    layer.recount(start, end);
    if (note.references.length > 0) void this.#arrive();
    this.#close();
    this.#reader.choose({ id, start, end, category });
    toast(t("saved_note"));
    if (key) void this.#drafts.drop(key);
  }

  /** References have far ends, in this text too: where those are, the server knows. */
  async #arrive(): Promise<void> {
    await this.#reader.layer.refresh();
    this.#store.forget();
  }

  /** Close and keep the draft: it comes back with the next visit. */
  #leave(): void {
    this.#close();
  }

  #discard(): void {
    const key = this.composing?.key;
    this.#close();
    if (key) void this.#drafts.drop(key);
  }

  #close(): void {
    this.#pick(false);
    this.composing = null;
    this.restored = false;
    this.#reader.layer.point("pending");
    this.#host.requestUpdate();
    // Where the keyboard mode is on, it goes on from here.
    this.#text.element.focus({ preventScroll: true });
  }

  #pick(on: boolean): void {
    this.picking = on;
    this.#selecting.actions = on ? ["pick"] : toolbarFor(this.#data);
    this.#host.toggleAttribute("data-picking", on);
    this.#reader.paused = on;
    this.#host.requestUpdate();
    if (on) announce(t("picking"));
  }
}

/** What the toolbar offers: writing for those who may, a link for everyone. */
export function toolbarFor(data: Bootstrap): ActionName[] {
  if (placingForm()) return ["put"];
  return data.actions.includes("annotate") ? ["note", "tag", "link", "pickup", "others", "copy"] : ["copy"];
}
