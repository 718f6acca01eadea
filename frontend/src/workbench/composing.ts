/** What a composer begins with. */

import { interfaceLanguage } from "../i18n";
import type { ArticleText } from "../textlayer/article";
import type { Note } from "../textlayer/notes";
import { CATEGORIES, type Category } from "../textlayer/spans";
import { type KeptDraft, keyFor } from "./drafts";
import type { Bootstrap, CommonBootstrap, Composing, Draft, Extent, Intent, Locus, Target } from "./types";

/** Begin a new note on a passage. */
export function newNote(data: Bootstrap, text: ArticleText, place: Extent, intent: Intent): Composing {
  const draft = emptyDraft(data, locus(data, text, place), intent);
  return { key: keyFor(data.text, data.revision, place), intent, draft, note: null };
}

/** A place as the other end of a reference is named. */
export function targetAt(locus: Locus): Target {
  if (locus.kind === "region") return { image: locus.image, region: locus.region };
  if (locus.kind === "time") return { video: locus.video, start: locus.start, end: locus.end };
  const { text, revision, start, end, exact } = locus;
  return { text, revision, start, end, exact, prefix: "", suffix: "" };
}

/** A draft that says nothing yet of a place. */
export function emptyDraft(data: CommonBootstrap, place: Locus, intent: Intent): Draft {
  return {
    body: "",
    language: interfaceLanguage(),
    category: intent === "link" ? "link" : "note",
    visibility: data.visibilities[0]?.[0] ?? "open",
    group: data.groups?.[0]?.[0] ?? "",
    tags: [],
    references: [],
    locus: place,
    base_version: null,
    annotation: null,
    idempotency_key: randomKey(),
    saved: "",
  };
}

/** Begin a new version of a note. */
export function revision(data: Bootstrap, text: ArticleText, note: Note): Composing {
  return revisionAt(data, locus(data, text, { start: note.start, end: note.end }), note);
}

/** Begin a new version of a note on a place. References that others make to it are not its own. */
export function revisionAt(data: CommonBootstrap, place: Locus, note: Note): Composing {
  const draft: Draft = {
    body: note.body_source,
    language: note.language,
    category: note.category,
    visibility: note.visibility,
    group: note.group || (data.groups?.[0]?.[0] ?? ""),
    tags: note.tags.map(({ id, label, kind }) => ({ id, label, kind })),
    references: note.references
      .filter(({ direction }) => direction === "out")
      .map((reference) => ({
        relation: reference.relation,
        inverse: reference.backwards ?? false,
        note_language: reference.note_language ?? "",
        target: reference.target ?? { url: new URL(reference.target_url, document.baseURI).href },
        label: reference.target_label,
        note: reference.note,
      })),
    locus: place,
    base_version: note.version_id,
    annotation: note.id,
    idempotency_key: randomKey(),
    saved: "",
  };
  return { key: `note.${note.id}`, intent: "note", draft, note };
}

/** The kind that a plain note's first tag suggests; nothing where the writer chose one or no kind is named so. */
export function proposedCategory({ category, tags }: Pick<Draft, "category" | "tags">): Category | undefined {
  return category === "note" ? CATEGORIES.find((kind) => kind === tags[0]?.kind) : undefined;
}

/** Take up a draft again. */
export function resumed({ key, draft }: KeptDraft, note: Note | null): Composing {
  return { key, intent: "note", draft, note };
}

/** Whether the words of a draft's place still stand there. */
export function stands(draft: Draft, text: ArticleText): boolean {
  if (draft.locus.kind) return false;
  const { start, end, exact } = draft.locus;
  return start >= text.start && end <= text.end && text.words(start, end) === exact;
}

/** Where in the text what is written stands. */
export function passageOf({ locus }: Draft): Extent {
  return locus.kind ? { start: 0, end: 0 } : locus;
}

function locus(data: Bootstrap, text: ArticleText, place: Extent): Locus {
  return { text: data.text, revision: data.revision, ...place, exact: text.words(place.start, place.end) };
}

/** `crypto.randomUUID` exists in secure contexts only. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
