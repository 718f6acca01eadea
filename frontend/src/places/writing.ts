/** The life of what is being written on a picture or a film: begun, kept, saved or let go. */

import { toast } from "../lib/toast";
import type { Note } from "../textlayer/notes";
import type { NoteComposer } from "../workbench/composer";
import { emptyDraft, resumed, revisionAt } from "../workbench/composing";
import { countNotes } from "../workbench/counting";
import { Drafts, type Keeping } from "../workbench/drafts";
import { t } from "../workbench/messages";
import type { Composing, Draft, MediaLocus } from "../workbench/types";
import type { Host } from "../workbench/writing";
import type { Ground } from "./ground";
import type { PlaceService } from "./service";
import type { PlaceStore } from "./store";

export class PlaceWriting {
  composing: Composing | null = null;
  keeping: Keeping | "" = "";
  restored = false;
  readonly #host: Host;
  readonly #service: PlaceService;
  readonly #ground: Ground;
  readonly #store: PlaceStore;
  readonly #drafts: Drafts;
  readonly #onSaved: (note: Note) => void;
  readonly #prefix: string;
  #said = false;

  constructor(
    host: Host,
    service: PlaceService,
    ground: Ground,
    store: PlaceStore,
    onSaved: (note: Note) => void,
  ) {
    this.#host = host;
    this.#service = service;
    this.#ground = ground;
    this.#store = store;
    this.#onSaved = onSaved;
    const { kind, item, drafts_url } = service.data;
    this.#prefix = `${kind === "region" ? "image" : "video"}.${item}.`;
    this.#drafts = new Drafts(drafts_url, this.#prefix, (keeping) => {
      this.keeping = this.composing ? keeping : "";
      host.requestUpdate();
    });
    host.addEventListener("draft-change", (event) => this.#kept((event as CustomEvent<Draft>).detail));
    host.addEventListener("compose-saved", (event) => this.#saved((event as CustomEvent<Note>).detail));
    host.addEventListener("compose-close", () => this.#leave());
    host.addEventListener("compose-discard", () => this.#discard());
  }

  begin(locus: MediaLocus): void {
    // Asked for again while something is being written, it is the place that changes: a fresh composer would hide the words.
    if (this.composing) {
      this.place(locus);
      return;
    }
    const draft = emptyDraft(this.#service.data, locus, "note");
    this.#compose({
      key: this.#prefix + draft.idempotency_key.slice(0, 12),
      intent: "note",
      draft,
      note: null,
    });
  }

  revise(note: Note): void {
    const { item } = this.#service.data;
    const locus: MediaLocus = note.region
      ? { kind: "region", image: item, region: note.region }
      : { kind: "time", video: item, start: note.start, end: note.end };
    this.#compose(revisionAt(this.#service.data, locus, note));
  }

  /** The place was changed where it is shown. */
  place(locus: MediaLocus): void {
    this.#host.querySelector<NoteComposer>("note-composer")?.place(locus);
  }

  /** A laptop that was closed in the middle of a sentence finds it again. */
  async resume(): Promise<void> {
    const page = this.#service.data.page ?? 1;
    const kept = (await this.#drafts.all()).find(
      ({ draft: { locus } }) =>
        locus.kind === "time" || (locus.kind === "region" && (locus.region.page ?? 1) === page),
    );
    if (!kept || this.composing) return;
    const { annotation } = kept.draft;
    if (annotation) await this.#store.load([annotation]).catch(() => undefined);
    const note = annotation ? (this.#store.get(annotation) ?? null) : null;
    if (annotation && !note) return;
    this.#compose(resumed(kept, note), true);
  }

  #compose(composing: Composing, restored = false): void {
    this.restored = restored;
    this.keeping = "";
    this.#said = composing.note !== null || saysAnything(composing.draft);
    this.composing = null;
    this.#host.requestUpdate();
    if (composing.draft.locus.kind) this.#ground.writing(composing.draft.locus);
    // A new element each time: a composer never carries over what another note said.
    void this.#host.updateComplete.then(() => {
      this.composing = composing;
      this.#host.requestUpdate();
      this.#host.scrollTop = 0;
    });
    // A place that was just drawn is kept like words.
    if (!composing.note && !restored)
      this.#drafts.keep(composing.key, { ...composing.draft, saved: new Date().toISOString() });
  }

  #kept(draft: Draft): void {
    if (!this.composing) return;
    this.#said = saysAnything(draft);
    if (draft.locus.kind) this.#ground.writing(draft.locus);
    this.#drafts.keep(this.composing.key, draft);
  }

  #saved(note: Note): void {
    const key = this.composing?.key;
    if (!this.#store.knows(note.id)) countNotes(1);
    this.#store.put(note);
    this.#close();
    this.#onSaved(note);
    toast(t("saved_note"));
    if (key) void this.#drafts.drop(key);
  }

  /** Close and keep the draft: it comes back with the next visit. A place of which nothing was said is let go. */
  #leave(): void {
    if (this.#said) this.#close();
    else this.#discard();
    this.#ground.focus();
  }

  #discard(): void {
    const key = this.composing?.key;
    this.#close();
    if (key) void this.#drafts.drop(key);
  }

  #close(): void {
    this.composing = null;
    this.restored = false;
    this.#ground.writing(null);
    this.#host.requestUpdate();
  }
}

const saysAnything = ({ body, tags, references }: Draft): boolean =>
  body.trim() !== "" || tags.length > 0 || references.length > 0;
