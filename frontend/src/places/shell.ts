/**
 * `<hashiya-places>`: the panel beside a picture or a film. It shows the notes on the screen, holds the composer and the
 * submission, and keeps what is drawn in step with what becomes of notes.
 */

import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../lib/announce";
import { spaced } from "../lib/dom";
import { LightElement } from "../lib/light";
import { scrollPanel } from "../lib/scroll";
import { t as reader } from "../textlayer/messages";
import type { Note } from "../textlayer/notes";
import { NotesPopup } from "../textlayer/popover";
import { NARROW } from "../textlayer/viewport";
import { tellPickedUp } from "../workbench/basket";
import type { NoteComposer } from "../workbench/composer";
import { t as workbench } from "../workbench/messages";
import { type NoteActionEvent, NoteCard } from "../workbench/note-card";
import type { MediaLocus, TimeLocus } from "../workbench/types";
import { open, take, withdraw } from "./acts";
import { addressed, neighbor, pressed, tellUnknown } from "./asked";
import type { Ground, GroundEvents, Lies, PlacesBootstrap } from "./ground";
import { NotePlace } from "./note-place";
import { cards, empty, head, more } from "./panel";
import { PlaceService } from "./service";
import { PlaceStore } from "./store";
import { PlaceWriting } from "./writing";

/** Cards that the list begins with, and how many more each press of its button brings. */
const LISTED = 40;
/** Milliseconds between two changes of the list while the picture moves. */
const FOLLOWING = 250;

export class PlacesWorkbench extends LightElement implements GroundEvents {
  static override properties = {
    listed: { state: true },
    most: { state: true },
    chosen: { state: true },
    submitting: { state: true },
    failed: { state: true },
  };

  /** What is on the screen. */
  declare listed: readonly Lies[];
  declare most: number;
  declare chosen: string | null;
  /** The id of the note that opened the submission, "" for all, null when it is closed. */
  declare submitting: string | null;
  declare failed: boolean;

  readonly #narrow = matchMedia(NARROW);
  readonly #follow = spaced(FOLLOWING, () => void this.#list());
  readonly #popup = new NotesPopup(() => undefined);
  #service!: PlaceService;
  #store!: PlaceStore;
  #ground: Ground | null = null;
  #writing: PlaceWriting | null = null;

  constructor() {
    super();
    this.listed = [];
    this.most = LISTED;
    this.chosen = null;
    this.submitting = null;
    this.failed = false;
    this.#narrow.addEventListener("change", () => this.requestUpdate());
  }

  /** Take the page's data and its picture or film, and take up the last draft. */
  async start(data: PlacesBootstrap, ground: Ground): Promise<void> {
    this.#service = new PlaceService(data);
    this.#store = new PlaceStore(data);
    this.#ground = ground;
    NotePlace.data = data;
    NoteCard.picksUp = this.#service.may("annotate");
    NotePlace.numberOf = (id) => this.#store.lies(id)?.number ?? 0;
    this.#writing = new PlaceWriting(this, this.#service, ground, this.#store, (note) => this.#saved(note));
    // Cards in a popover or a sheet stand outside this element.
    document.addEventListener("note-action", (event) =>
      this.#noteAction(event as CustomEvent<NoteActionEvent>),
    );
    document.addEventListener("play-part", (event) =>
      ground.play((event as CustomEvent<Note | TimeLocus>).detail),
    );
    document.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", (event) => this.#clicked(event));
    addEventListener("hashchange", () => void this.#arrive());
    try {
      await this.#store.start();
    } catch {
      this.failed = true;
    }
    await this.#show();
    await this.#arrive();
    await this.#writing.resume();
  }

  // What the picture or the film tells.

  onPick(ids: readonly string[], at: DOMRect, focus: boolean): void {
    const [first] = ids;
    if (!first) return;
    this.#choose(first);
    if (ids.length > 1 || this.#narrow.matches) void this.#open(ids, at, focus);
    else {
      announce(reader("notes_here", { n: 1 }));
      if (focus) void this.#list().then(() => this.standing(first)?.focus({ preventScroll: true }));
    }
  }

  onMiss(): void {
    this.#choose(null);
  }

  onView(): void {
    this.#follow();
  }

  onPlace(locus: MediaLocus): void {
    this.submitting = null;
    this.#choose(null);
    this.#writing?.begin(locus);
    if (this.#narrow.matches) void this.updateComplete.then(() => this.scrollIntoView({ block: "start" }));
  }

  onEdit(locus: MediaLocus): void {
    this.#writing?.place(locus);
  }

  onDone(): void {
    this.querySelector<HTMLElement>("#note-body")?.focus();
  }

  standing(id: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-note="${CSS.escape(id)}"]`);
  }

  protected override render(): TemplateResult | typeof nothing {
    const writing = this.#writing;
    if (!writing) return nothing;
    const submit = this.#service.may("submit") ? () => this.#submit("") : null;
    this.toggleAttribute("data-open", writing.composing !== null || this.submitting !== null);
    return html`
      ${
        writing.composing
          ? html`<note-composer .composing=${writing.composing} .service=${this.#service} .keeping=${writing.keeping}
              .restored=${writing.restored}></note-composer>`
          : nothing
      }
      ${
        this.submitting === null
          ? nothing
          : html`<submit-notes .service=${this.#service} .first=${this.submitting}
              @submit-close=${() => this.#submit(null)} @submit-done=${this.#refresh}></submit-notes>`
      }
      ${writing.composing ? nothing : head(this.listed.length, this.#isFilm, submit)}
      ${this.failed ? html`<p class="alert alert--danger" role="alert">${workbench("load_failed")}</p>` : nothing}
      <div class="workbench__notes">
        ${cards(this.listed.slice(0, this.most), (id) => this.#store.get(id), this.chosen)}
        ${this.listed.length > this.most ? more(this.listed.length - this.most, () => this.#listMore()) : nothing}
        ${this.listed.length === 0 && !writing.composing ? empty(this.#isFilm, this.#service.may("annotate")) : nothing}
      </div>`;
  }

  #submit(first: string | null): void {
    this.submitting = first;
  }

  #listMore(): void {
    this.most += LISTED;
    void this.#list();
  }

  get #isFilm(): boolean {
    return this.#service.data.kind === "time";
  }

  /** Draw everything anew and list what is on the screen. */
  async #show(): Promise<void> {
    this.#ground?.show(this.#store.all);
    await this.#list();
  }

  async #list(): Promise<void> {
    const ground = this.#ground;
    if (!ground) return;
    const listed = this.#store.all.filter((lies) => ground.inView(lies));
    try {
      await this.#store.load(listed.slice(0, this.most).map(({ id }) => id));
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.listed = listed;
    this.requestUpdate();
    await this.updateComplete;
  }

  #choose(id: string | null): void {
    this.chosen = id;
    this.#ground?.choose(id);
    if (id && !this.#narrow.matches && !this.#writing?.composing) {
      void this.updateComplete.then(() => scrollPanel(this, this.standing(id)));
    }
  }

  #open(ids: readonly string[], at: DOMRect, focus: boolean): Promise<void> {
    return open(this.#popup, this.#store, ids, at, focus, LISTED);
  }

  /** Bring a note into view, choose it and open it where there is no margin. */
  async #visit(lies: Lies): Promise<void> {
    const ground = this.#ground;
    ground?.reveal(lies);
    await this.#list();
    if (!this.listed.slice(0, this.most).includes(lies)) {
      await this.#store.load([lies.id]).catch(() => undefined);
      this.listed = [lies, ...this.listed.filter(({ id }) => id !== lies.id)];
      await this.updateComplete;
    }
    this.#choose(lies.id);
    if (this.#narrow.matches && ground) await this.#open([lies.id], ground.boxOf(lies), false);
    const note = this.#store.get(lies.id);
    if (note) announce(reader("note_opened", { words: note.exact }));
  }

  async #arrive(): Promise<void> {
    const { id, plays } = addressed();
    const lies = id ? this.#store.lies(id) : undefined;
    if (id && !this.#store.knows(id) && !this.failed) void tellUnknown(id, this);
    if (!lies) return;
    await this.#visit(lies);
    if (plays && lies.start !== undefined && lies.end !== undefined) {
      this.#ground?.play({ start: lies.start, end: lies.end });
    }
  }

  #clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>("article[data-note]");
    if (!card || target.closest("a, button")) return;
    const lies = this.#store.lies(card.dataset.note ?? "");
    if (!lies) return;
    this.#choose(lies.id);
    this.#ground?.reveal(lies);
  }

  #key(event: KeyboardEvent): void {
    const asked = pressed(event);
    if (asked === "leave") this.#choose(null);
    else if (asked === "pick") void this.querySelector<NoteComposer>("note-composer")?.pickUp();
    else if (asked) {
      event.preventDefault();
      this.#step(asked);
    }
  }

  #step(way: "next" | "before"): void {
    const next = neighbor(this.#store.all, this.chosen, way);
    if (next) void this.#visit(next);
    else announce(reader("no_more"));
  }

  #noteAction(event: CustomEvent<NoteActionEvent>): void {
    const { action, note } = event.detail;
    this.#popup.close();
    if (action === "pickup") {
      void tellPickedUp(this.#service.data.basket_url ?? "", { annotation: note.id });
    } else if (action === "revise") {
      this.submitting = null;
      this.#writing?.revise(note);
    } else if (action === "submit") this.submitting = note.id;
    else if (action === "withdraw") void withdraw(this.#service, this.#store, note, () => this.#gone());
    else if (action === "take") void take(this.#service, note, () => this.#show());
  }

  async #gone(): Promise<void> {
    this.#choose(null);
    await this.#show();
  }

  #saved(note: Note): void {
    void this.#show().then(() => {
      const lies = this.#store.lies(note.id);
      if (!lies) return;
      this.#choose(lies.id);
      this.standing(lies.id)?.focus({ preventScroll: true });
    });
  }

  /** Ask the server anew for what is on the screen: what may be done with notes has changed. */
  #refresh(): void {
    this.#store.forget();
    void this.#list();
  }
}
