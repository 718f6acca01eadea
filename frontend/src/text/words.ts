/**
 * Words of a text, as `archive/text/words.py` sees them. Offsets are code points.
 *
 * A word is a run of letters, digits, marks and joiners; hyphens and apostrophes part words, tatweel and vowel
 * marks do not. An ideograph is a word by itself.
 */

import { length, toPoints, toUnits } from "./codepoints";
import * as graphemes from "./graphemes";

const LETTER = "(?!\\p{Ideographic})[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]";
/** Direction marks inside a word belong to it; at its edge they do not. */
const CONTROL = "[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff\\u00ad]";
const WORD = new RegExp(`\\p{Ideographic}\\p{M}*|(?:${LETTER})+(?:${CONTROL}+(?:${LETTER})+)*`, "gu");

/** How far around an offset words are looked for; none is longer than this. */
const REACH = 200;

type Place = [start: number, end: number];

/** Return `[start, end)` of every word of `text`, in order. */
export function words(text: string): Place[] {
  let unit = 0;
  let point = 0;
  return [...text.matchAll(WORD)].map((match) => {
    point += length(text.slice(unit, match.index));
    const start = point;
    unit = match.index + match[0].length;
    point += length(match[0]);
    return [start, point];
  });
}

/** Return the word that holds `offset` or ends at it, or null between words. */
export function wordAt(text: string, offset: number): Place | null {
  const near = wordsAround(text, offset);
  const holding = near.find(([start, end]) => start <= offset && offset < end);
  return holding ?? near.find(([, end]) => end === offset) ?? null;
}

/** Grow `[start, end)` to whole words and free it of space at its edges; empty when it holds nothing visible. */
export function snap(text: string, start: number, end: number): Place {
  const [first, last] = trim(text, ...graphemes.snap(text, start, end));
  if (first >= last) return [first, first];
  const head = wordsAround(text, first).find(([from, to]) => from <= first && first < to);
  const tail = wordsAround(text, last - 1).find(([from, to]) => from < last && last <= to);
  return graphemes.snap(text, Math.min(first, head?.[0] ?? first), Math.max(last, tail?.[1] ?? last));
}

/** Cut blanks off both edges of `[start, end)`. */
export function trim(text: string, start: number, end: number): Place {
  const piece = text.slice(toUnits(text, start), toUnits(text, end));
  const head = piece.length - piece.trimStart().length;
  if (head === piece.length) return [start, start];
  return [start + toPoints(piece, head), end - length(piece.slice(piece.trimEnd().length))];
}

/** Return the start of the next word after `offset`, or the end of `text`. */
export function nextStart(text: string, offset: number): number {
  return forward(text, offset, ([start]) => start);
}

/** Return the end of the first word that ends after `offset`, or the end of `text`. */
export function nextEnd(text: string, offset: number): number {
  return forward(text, offset, ([, end]) => end);
}

/** Return the start of the last word that starts before `offset`, or 0. */
export function previousStart(text: string, offset: number): number {
  return backward(text, offset, ([start]) => start);
}

/** Return the end of the last word that ends before `offset`, or 0. */
export function previousEnd(text: string, offset: number): number {
  return backward(text, offset, ([, end]) => end);
}

function forward(text: string, offset: number, edge: (word: Place) => number): number {
  const end = length(text);
  for (let from = offset; from < end; from += REACH) {
    const found = wordsAround(text, from)
      .map(edge)
      .find((place) => place > offset);
    if (found !== undefined) return found;
  }
  return end;
}

function backward(text: string, offset: number, edge: (word: Place) => number): number {
  for (let from = offset; from > 0; from -= REACH) {
    const found = wordsAround(text, from)
      .map(edge)
      .findLast((place) => place < offset);
    if (found !== undefined) return found;
  }
  return 0;
}

/** Words within reach of `offset`; those that the edge of the window cuts are left out. */
function wordsAround(text: string, offset: number): Place[] {
  const base = Math.max(0, offset - REACH);
  const piece = text.slice(toUnits(text, base), toUnits(text, offset + REACH + 1));
  const last = base + length(piece);
  const whole = last >= length(text);
  return words(piece)
    .map(([start, end]): Place => [base + start, base + end])
    .filter(([start, end]) => (start > base || base === 0) && (end < last || whole));
}
