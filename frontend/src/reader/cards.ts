/** Where the reading page finds its notes: those that the server has written into it, else the ones it sends. */

import { noteCard } from "../textlayer/card";
import { NoteStore } from "../textlayer/notes";
import type { Span } from "../textlayer/spans";

export class Cards {
  readonly #standing = new Map<string, HTMLElement>();
  readonly #store: NoteStore | null;

  constructor(article: HTMLElement, aside: HTMLElement | null) {
    for (const card of aside?.querySelectorAll<HTMLElement>("[data-note]") ?? []) {
      this.#standing.set(card.dataset.note ?? "", card);
    }
    const url = article.dataset.annotationsUrl;
    this.#store = url ? new NoteStore(url) : null;
  }

  /** Return the card of a note that stands in the page. */
  standing(id: string): HTMLElement | null {
    return this.#standing.get(id) ?? null;
  }

  /** Make what is needed for `spans` known, asking the server once for all that are missing. */
  async load(spans: readonly Span[]): Promise<void> {
    const missing = spans.filter(({ id }) => !this.standing(id) && !this.#store?.get(id));
    if (missing.length === 0) return;
    const start = Math.min(...missing.map((span) => span.start));
    // What is pinned to a picture has no length.
    const end = Math.max(...missing.map((span) => Math.max(span.end, span.start + 1)));
    await this.#store?.load(start, end);
  }

  /** Return a new card of a note, free to be placed anywhere. */
  copy(id: string): HTMLElement | null {
    const standing = this.standing(id);
    if (standing) {
      const copy = standing.cloneNode(true) as HTMLElement;
      for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
      copy.removeAttribute("style");
      copy.tabIndex = 0;
      return copy;
    }
    const note = this.#store?.get(id);
    return note ? noteCard(note) : null;
  }

  /** Return the card that stands for a note in the margin, made if need be. */
  own(id: string): HTMLElement | null {
    const note = this.#store?.get(id);
    if (note && !this.#standing.has(id)) this.#standing.set(id, noteCard(note, { id: true }));
    return this.standing(id);
  }
}
