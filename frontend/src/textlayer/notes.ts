/** The bodies of notes, fetched for what is on the screen and kept. */

import { type Answer, request } from "../lib/http";
import type { Shape } from "../places/shapes";
import type { Category } from "./spans";

export interface NoteTag {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly url: string;
}

export interface NoteReference {
  readonly relation: string;
  readonly relation_label: string;
  readonly target_label: string;
  readonly target_url: string;
  /** "in": another note points here. */
  readonly direction: "out" | "in";
  /** Read by the relation's inverse name from this side. */
  readonly backwards?: boolean;
  readonly note: string;
  readonly note_language?: string;
  /** The target in the form in which it was written, so that a revision can repeat it. */
  readonly target?: NoteTarget | null;
}

/** One item of CSL-JSON. */
export interface Csl {
  readonly type: string;
  readonly [name: string]: unknown;
}

export type NoteTarget =
  | {
      readonly text: string;
      readonly revision: number;
      readonly start: number;
      readonly end: number;
      readonly exact: string;
      readonly prefix: string;
      readonly suffix: string;
    }
  | { readonly annotation: string }
  | { readonly work: string }
  | { readonly image: string; readonly region: Shape }
  | { readonly video: string; readonly start: number; readonly end: number }
  | { readonly url: string }
  /** A source outside the archive. */
  | { readonly csl: Csl; readonly pages: string }
  /** A reference that the note already has, kept as it is. */
  | { readonly reference: string };

/** A note as `annotations?from=&to=` sends it. */
export interface NoteDecision {
  /** The status that it led to, which has a color. */
  readonly status: string;
  readonly label: string;
  /** Whether it is on an earlier version: somebody went on from there. */
  readonly past: boolean;
  readonly reviewer: string;
  readonly reason: string;
  /** How a reviewer would have the note say it, as the difference from what it said. */
  readonly wording?: SuggestedWording;
}

export interface SuggestedWording {
  /** Runs of words that stay ("same"), come ("ins"), go ("del") or are left out ("cut"). */
  readonly parts: readonly (readonly [kind: string, text: string])[];
  readonly language: string;
  /** The decision to name when it is taken; empty where it cannot be. */
  readonly take: string;
}

export interface Note {
  /** Of a note that is not on a text: a part of a picture, or seconds of a film. */
  readonly kind?: "region" | "time";
  readonly region?: Shape;
  /** Of a released note: where it is, as the server writes it in place of a quotation. */
  readonly place_html?: string;
  /** How it changed since the release that is compared with, as the server writes it. */
  readonly change_html?: string;
  /** No note, but where the reference of one that is elsewhere arrives; its id is the reference's. */
  readonly is_arrival?: boolean;
  readonly id: string;
  readonly url: string;
  /** Of a note that is public: the links by which it is cited and reported, as the server writes them. */
  readonly acts_html?: string;
  /** Where the other passages with the words of its passage are found. */
  readonly others_url?: string;
  readonly version: number;
  /** Named in `If-Match` when the note is written. */
  readonly version_id: string;
  readonly start: number;
  readonly end: number;
  readonly exact: string;
  readonly body_html: string;
  readonly body_source: string;
  /** The body's first words without its markup. */
  readonly body_words?: string;
  readonly language: string;
  readonly category: Category;
  readonly status: string;
  readonly visibility: string;
  readonly group?: string;
  readonly author: { readonly name: string };
  readonly tags: readonly NoteTag[];
  readonly references: readonly NoteReference[];
  /** What its author should know of its references. */
  readonly told?: readonly string[];
  /** The page of the references around it. */
  readonly references_url?: string;
  /** How many replies stand, and the pages of the talk about it and of its versions. */
  readonly replies?: number;
  readonly talk_url?: string;
  readonly history_url?: string;
  readonly updated: string;
  /** Why it was returned or declined, where this person may know it. */
  readonly decision?: NoteDecision | null;
  /** What this person may do with it; never worked out here. */
  readonly actions: readonly string[];
}

interface Asked {
  readonly start: number;
  readonly end: number;
  readonly done: Promise<void>;
}

export class NoteStore {
  readonly #url: string;
  readonly #notes = new Map<string, Note>();
  #asked: Asked[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  get(id: string): Note | undefined {
    return this.#notes.get(id);
  }

  put(note: Note): void {
    this.#notes.set(note.id, note);
  }

  drop(id: string): void {
    this.#notes.delete(id);
  }

  /** Return the known notes over `[start, end)`, in the order of the text. */
  over(start: number, end: number): Note[] {
    return [...this.#notes.values()]
      .filter((note) => note.start < end && note.end > start)
      .sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Ask the server anew from now on. */
  forget(): void {
    this.#asked = [];
  }

  /** Make the notes over `[start, end)` known; what was asked before is not asked again. */
  async load(start: number, end: number): Promise<void> {
    const known = this.#asked.find((asked) => asked.start <= start && asked.end >= end);
    if (known) return known.done;
    const asked = { start, end, done: this.#fetch(start, end) };
    this.#asked.push(asked);
    try {
      await asked.done;
    } catch (error) {
      this.#asked = this.#asked.filter((other) => other !== asked);
      throw error;
    }
  }

  async #fetch(start: number, end: number): Promise<void> {
    for (const note of await fetchNotes(this.#url, start, end)) this.put(note);
  }
}

interface Page {
  readonly annotations: readonly (Omit<Note, "start" | "end"> & {
    start: number | null;
    end: number | null;
  })[];
  /** Where the rest is, when one answer does not hold it all. */
  readonly next?: string | null;
}

/** Fetch every note over `[start, end)`; those that have no place in this revision are left out. */
export async function fetchNotes(url: string, start: number, end: number): Promise<Note[]> {
  const first = new URL(url, document.baseURI);
  first.searchParams.set("from", String(start));
  first.searchParams.set("to", String(end));
  const notes: Note[] = [];
  for (let next: string | null | undefined = first.href; next; ) {
    const answer: Answer<Page> = await request<Page>("GET", next);
    if (!answer.ok) throw new Error(`Notes could not be read: ${answer.status}`);
    notes.push(...answer.data.annotations.filter((note): note is Note => note.start !== null));
    next = answer.data.next;
  }
  return notes;
}
