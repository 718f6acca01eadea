/** The server as the workbench of a text sees it. */

import { type Quote, quote } from "../text/quote";
import type { ArticleText } from "../textlayer/article";
import { fetchNotes, type Note } from "../textlayer/notes";
import { passageOf } from "./composing";
import { Serving } from "./serving";
import type { Bootstrap, Draft, Extent, Target } from "./types";

export class Service extends Serving<Bootstrap> {
  readonly #text: ArticleText;

  constructor(data: Bootstrap, text: ArticleText) {
    super(data, data.text);
    this.#text = text;
  }

  /** Whether the page still shows the words that the server sent. */
  override get isIntact(): boolean {
    return this.#text.agrees && this.#text.isIntact;
  }

  quote(place: Extent): Quote {
    return quote(this.#text.text, place.start - this.#text.start, place.end - this.#text.start);
  }

  target(place: Extent): Target {
    const { start, end } = place;
    return { text: this.data.text, revision: this.data.revision, start, end, ...this.quote(place) };
  }

  /** Return every note of this text that the viewer may submit. */
  override async submittable(): Promise<Note[]> {
    const notes = await fetchNotes(this.data.annotations_url, 0, this.#text.end);
    return notes.filter(({ actions }) => actions.includes("submit"));
  }

  /** The note stays where it is when it is revised: putting it elsewhere is done among the places to check. */
  protected override placing(draft: Draft, revised: boolean): object {
    if (revised) return {};
    const { start, end } = passageOf(draft);
    return { revision: this.data.revision, start, end, ...this.quote({ start, end }) };
  }
}
