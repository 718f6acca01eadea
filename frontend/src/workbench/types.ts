/** The shapes that the workbench passes around. */

import type { Shape } from "../places/shapes";
import type { Csl, Note, NoteTarget } from "../textlayer/notes";
import type { Category } from "../textlayer/spans";
import type { Choice } from "../ui/choices";

/** [value, label in the interface language] */
export type Option = readonly [value: string, label: string];

/** A named relation, by its name in either direction. */
export interface Relation {
  readonly code: string;
  readonly name: string;
  readonly inverse: string;
  /** It reads alike from both ends. */
  readonly symmetric: boolean;
  readonly description: string;
}

/** What every page hands over in `<script type="application/json" id="workbench-data">`. */
export interface CommonBootstrap {
  /** Of the text; notes begin in the interface's. */
  readonly language?: string;
  readonly annotations_url: string;
  readonly drafts_url: string;
  readonly terms_url: string;
  readonly preview_url: string;
  readonly submissions_url: string;
  /** Where other texts are found. */
  readonly search_url?: string;
  /** What the viewer may do here: "annotate", "submit", "create_term". */
  readonly actions: readonly string[];
  readonly viewer: { readonly name: string };
  readonly relations: readonly Relation[];
  /** What was picked up; empty where nobody picks up. */
  readonly basket_url?: string;
  readonly basket_page?: string;
  /** Where places are found, and where sources that were pasted are read. */
  readonly find_url?: string;
  readonly citation_url?: string;
  readonly visibilities: readonly Option[];
  readonly languages: readonly Option[];
  readonly groups?: readonly Option[];
}

/** What the page of a text hands over. */
export interface Bootstrap extends CommonBootstrap {
  readonly text: string;
  readonly revision: number;
  readonly language: string;
  /** Where the notes are that the panel shows, when those are not all. */
  readonly notes_url?: string;
  /** Where the other passages with the same words are found; `&at=START-END` is added. */
  readonly others_url: string;
}

export interface Extent {
  readonly start: number;
  readonly end: number;
}

export type Target = NoteTarget;
export type { Csl };

export interface DraftReference {
  readonly relation: string;
  /** Read backwards: from the target to the note's place. */
  readonly inverse?: boolean;
  readonly target: Target;
  /** Words to show for the target. */
  readonly label: string;
  readonly note: string;
  /** Of the note on the relation; the note's own when it is left out. */
  readonly note_language?: string;
}

/** A passage of a text. */
export interface TextLocus extends Extent {
  readonly kind?: never;
  readonly text: string;
  readonly revision: number;
  readonly exact: string;
}

/** A part of a picture. */
export interface RegionLocus {
  readonly kind: "region";
  readonly image: string;
  readonly region: Shape;
}

/** Seconds of a film. */
export interface TimeLocus extends Extent {
  readonly kind: "time";
  readonly video: string;
}

export type MediaLocus = RegionLocus | TimeLocus;
export type Locus = TextLocus | MediaLocus;

/** What is being typed; kept in the browser and on the server under one key. */
export interface Draft {
  readonly body: string;
  readonly language: string;
  readonly category: Category;
  readonly visibility: string;
  readonly group: string;
  readonly tags: readonly Choice[];
  readonly references: readonly DraftReference[];
  readonly locus: Locus;
  /** The version that is revised, or null for a new note. */
  readonly base_version: string | null;
  /** The note that is revised. */
  readonly annotation: string | null;
  readonly idempotency_key: string;
  /** ISO time of the last change, to tell the newer of two copies. */
  readonly saved: string;
}

export type Intent = "note" | "tag" | "link";

/** What the composer is opened with. */
export interface Composing {
  readonly key: string;
  readonly intent: Intent;
  readonly draft: Draft;
  /** The note that is revised. */
  readonly note: Note | null;
}

export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** What became of an attempt to save. */
export type Outcome =
  | { readonly kind: "saved"; readonly note: Note }
  | { readonly kind: "stale"; readonly current: Note | null }
  | { readonly kind: "mismatch" }
  | { readonly kind: "invalid"; readonly errors: FieldErrors }
  | { readonly kind: "unversioned" }
  | { readonly kind: "refused"; readonly status: number; readonly detail: string }
  | { readonly kind: "offline" };
