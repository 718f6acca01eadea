/** Where the notes of a text lie: decoding of `spans.json` and quick questions about places. */

/** The order is the wire's: `spans.json` sends the index. */
export const CATEGORIES = [
  "note",
  "place",
  "person",
  "group",
  "event",
  "date",
  "concept",
  "dispute",
  "link",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** One note's place, in code points of the revision. What is on a picture or a film has no length: it is read there. */
export interface Span {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly category: Category;
}

/**
 * The compact form: [index into ids, distance from the previous start, length, category]. Without the index, the ids stand
 * in the order of the spans: ten thousand notes are a third lighter so.
 */
export interface WireSpans {
  readonly revision: number;
  /** Notes that were not carried over to this revision yet. */
  readonly carrying?: number;
  readonly ids: readonly string[];
  readonly spans: readonly (readonly [number, number, number, number] | readonly [number, number, number])[];
}

export function decodeSpans(wire: WireSpans): Span[] {
  let start = 0;
  return wire.spans.map((row, position) => {
    const [index, step, length, category] = row.length === 3 ? ([position, ...row] as const) : row;
    start += step;
    return {
      id: wire.ids[index] ?? String(index),
      start,
      end: start + length,
      category: CATEGORIES[category] ?? "note",
    };
  });
}

/** Whether a note is on a picture or a film, not on words. */
export function isPinned(span: Span): boolean {
  return span.end === span.start;
}

const before = (a: Span, b: Span): number => a.start - b.start || b.end - a.end;

/** Spans sorted by start over an implicit balanced tree of largest ends: a question costs O(log n + answers). */
export class SpanIndex {
  #spans: Span[];
  #reach: Float64Array;
  #byId: Map<string, Span> | undefined;

  constructor(spans: readonly Span[]) {
    this.#spans = [...spans].sort(before);
    this.#reach = new Float64Array(this.#spans.length);
    this.#measure(0, this.#spans.length);
  }

  get all(): readonly Span[] {
    return this.#spans;
  }

  byId(id: string): Span | undefined {
    this.#byId ??= new Map(this.#spans.map((span) => [span.id, span]));
    return this.#byId.get(id);
  }

  /** Return those that are on words: what is painted. */
  onWords(): SpanIndex {
    return this.#spans.some(isPinned) ? new SpanIndex(this.#spans.filter((span) => !isPinned(span))) : this;
  }

  /** Return the spans that share a code point with `[start, end)`, or are read at one, in order of start. */
  between(start: number, end: number): Span[] {
    const found: Span[] = [];
    this.#collect(0, this.#spans.length, start, end, found);
    return found;
  }

  /** Return the spans over the character at `offset`, shortest first. */
  at(offset: number): Span[] {
    return this.between(offset, offset + 1)
      .filter((span) => !isPinned(span))
      .sort((a, b) => a.end - a.start - (b.end - b.start) || before(a, b));
  }

  /** Return the index with `span` in place of any other of its id. */
  with(span: Span): SpanIndex {
    return new SpanIndex([...this.#spans.filter(({ id }) => id !== span.id), span]);
  }

  without(id: string): SpanIndex {
    return new SpanIndex(this.#spans.filter((span) => span.id !== id));
  }

  #measure(low: number, high: number): number {
    if (low >= high) return -1;
    const middle = (low + high) >> 1;
    const own = this.#spans[middle]?.end ?? -1;
    const reach = Math.max(own, this.#measure(low, middle), this.#measure(middle + 1, high));
    this.#reach[middle] = reach;
    return reach;
  }

  #collect(low: number, high: number, start: number, end: number, found: Span[]): void {
    const middle = (low + high) >> 1;
    const span = this.#spans[middle];
    if (low >= high || !span || (this.#reach[middle] ?? -1) < start) return;
    this.#collect(low, middle, start, end, found);
    if (span.start >= end) return;
    if (span.end > start || (isPinned(span) && span.start === start)) found.push(span);
    this.#collect(middle + 1, high, start, end, found);
  }
}
