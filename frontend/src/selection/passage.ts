/** Passages and their edges; pure. Offsets are those of the revision. */

import * as graphemes from "../text/graphemes";
import * as words from "../text/words";

export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** The text that passages lie in: `text` begins at offset `start` of the revision. */
export interface Source {
  readonly text: string;
  readonly start: number;
}

export type Unit = "word" | "letter";
export type Edge = "start" | "end";

/** Grow a raw selection to whole words, or to whole letters with their marks; null when nothing visible is left. */
export function snapped(source: Source, raw: Passage, unit: Unit): Passage | null {
  const snap = unit === "word" ? words.snap : graphemes.snap;
  const [start, end] = snap(source.text, raw.start - source.start, raw.end - source.start);
  const blank = words.trim(source.text, start, end);
  return blank[0] < blank[1] ? { start: start + source.start, end: end + source.start } : null;
}

/** Move one edge of a passage by one word or letter; an edge that would swallow the passage stays. */
export function nudged(source: Source, passage: Passage, edge: Edge, forward: boolean, unit: Unit): Passage {
  const offset = passage[edge] - source.start;
  const moved = source.start + STEPS[unit][edge][forward ? "forward" : "back"](source.text, offset);
  const next = { ...passage, [edge]: moved };
  return next.start < next.end ? next : passage;
}

type Step = (text: string, offset: number) => number;

const LETTERS: Readonly<Record<"forward" | "back", Step>> = {
  forward: graphemes.next,
  back: graphemes.previous,
};
const STEPS: Readonly<Record<Unit, Readonly<Record<Edge, Readonly<Record<"forward" | "back", Step>>>>>> = {
  word: {
    start: { forward: words.nextStart, back: words.previousStart },
    end: { forward: words.nextEnd, back: words.previousEnd },
  },
  letter: { start: LETTERS, end: LETTERS },
};
