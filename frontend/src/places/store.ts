/** Where all notes of a picture or a film lie, and the notes themselves, fetched by name as they come into view. */

import { request } from "../lib/http";
import type { Note } from "../textlayer/notes";
import type { Lies, PlacesBootstrap } from "./ground";
import { placeWords } from "./words";

/** As many notes as the server sends at once. */
const AT_ONCE = 60;

type Wire = Omit<Note, "start" | "end"> & { readonly start: number | null; readonly end: number | null };

export class PlaceStore {
  all: readonly Lies[] = [];
  readonly #data: PlacesBootstrap;
  readonly #notes = new Map<string, Note>();
  readonly #ids = new Set<string>();
  #loading = new Map<string, Promise<void>>();

  constructor(data: PlacesBootstrap) {
    this.#data = data;
  }

  /** Fetch where everything lies; throws when the server does not say. */
  async start(): Promise<void> {
    const answer = await request<{ places: Omit<Lies, "number">[] }>("GET", this.#data.places_url);
    if (!answer.ok) throw new Error(`Places could not be read: ${answer.status}`);
    for (const { id } of answer.data.places) this.#ids.add(id);
    this.#number(answer.data.places);
  }

  /** Whether there is such a note here, on this page of the picture or another. */
  knows(id: string): boolean {
    return this.#ids.has(id);
  }

  get(id: string): Note | undefined {
    return this.#notes.get(id);
  }

  lies(id: string): Lies | undefined {
    return this.all.find((one) => one.id === id);
  }

  put(note: Note): void {
    this.#notes.set(note.id, note);
    this.#ids.add(note.id);
    const at = note.region ? { region: note.region } : { start: note.start, end: note.end };
    const lies = { id: note.id, category: note.category, ...at };
    const known = this.all.some(({ id }) => id === note.id);
    this.#number(known ? this.all.map((one) => (one.id === note.id ? lies : one)) : [...this.all, lies]);
  }

  drop(id: string): void {
    this.#notes.delete(id);
    this.#ids.delete(id);
    this.#number(this.all.filter((one) => one.id !== id));
  }

  /** Ask the server anew from now on. */
  forget(): void {
    this.#loading = new Map();
  }

  /** Make these notes known; what was asked before is not asked again. */
  async load(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#loading.has(id));
    for (let i = 0; i < missing.length; i += AT_ONCE) {
      const some = missing.slice(i, i + AT_ONCE);
      const done = this.#fetch(some);
      for (const id of some) this.#loading.set(id, done);
      done.catch(() => {
        for (const id of some) this.#loading.delete(id);
      });
    }
    await Promise.all(ids.map((id) => this.#loading.get(id)));
  }

  async #fetch(ids: readonly string[]): Promise<void> {
    const url = new URL(this.#data.annotations_url, document.baseURI);
    url.searchParams.set("ids", ids.join(","));
    for (const note of await fetchPage(url.href)) this.#notes.set(note.id, note);
  }

  #number(places: readonly Omit<Lies, "number">[]): void {
    const page = this.#data.page ?? 1;
    const here = places.filter(({ region }) => !region || (region.page ?? 1) === page);
    if (this.#data.kind === "time") here.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
    this.all = here.map((one, index) => ({ ...one, number: index + 1 }));
  }
}

/** Fetch every note of one's own here that can be handed in. */
export async function fetchOwn(url: string): Promise<Note[]> {
  const notes: Note[] = [];
  for (let next: string | null = url; next; ) {
    const answer: { ok: boolean; status: number; data: Page } = await request<Page>("GET", next);
    if (!answer.ok) throw new Error(`Notes could not be read: ${answer.status}`);
    notes.push(...answer.data.annotations.map(noteOf));
    next = answer.data.next ?? null;
  }
  return notes;
}

interface Page {
  readonly annotations: readonly Wire[];
  readonly next?: string | null;
}

async function fetchPage(url: string): Promise<Note[]> {
  const answer = await request<Page>("GET", url);
  if (!answer.ok) throw new Error(`Notes could not be read: ${answer.status}`);
  return answer.data.annotations.map(noteOf);
}

/** A note of the wire, its place in words where a text's has a quotation. */
export function noteOf(wire: Wire): Note {
  const note = { ...wire, start: wire.start ?? 0, end: wire.end ?? 0 };
  const region = wire.region;
  const words = region
    ? placeWords({ kind: "region", image: "", region })
    : placeWords({ kind: "time", video: "", start: note.start, end: note.end });
  return { ...note, exact: words };
}
