/**
 * Texts beside the one that is worked in: where their blocks are paired they scroll together, whichever of them is
 * moved; the others scroll by themselves. Without this script each of them is scrolled by hand.
 */

import { perFrame } from "../lib/dom";

interface Told {
  readonly ident: string;
  readonly pairs: readonly (readonly [number, number])[];
}

interface Pair {
  readonly here: HTMLElement;
  readonly there: HTMLElement;
}

/** How far down its window a text is compared: where one reads, not at the very edge. */
const LINE = 0.25;

/** Return the place between two rows: the row, and how much of the way to the next. */
export function placeIn(tops: readonly number[], line: number): readonly [row: number, share: number] {
  let row = 0;
  while (row + 1 < tops.length && (tops[row + 1] ?? 0) <= line) row += 1;
  const from = tops[row] ?? 0;
  const to = tops[row + 1] ?? from;
  return [row, to > from ? Math.min(Math.max((line - from) / (to - from), 0), 1) : 0];
}

/** Return where that place is in another list of tops. */
export function topOf(tops: readonly number[], row: number, share: number): number {
  const from = tops[row] ?? 0;
  return from + ((tops[row + 1] ?? from) - from) * share;
}

export function startBeside(): void {
  const handed = document.getElementById("beside-data")?.textContent;
  for (const told of handed ? (JSON.parse(handed) as Told[]) : []) couple(told);
}

function couple(told: Told): void {
  const box = document.querySelector<HTMLElement>(`[data-pane="${told.ident}"] .pane__scroll`);
  const pairs = told.pairs.flatMap(([left, right]): Pair[] => {
    const here = document.getElementById(`b${left}`);
    const there = document.getElementById(`${told.ident}${right}`);
    return here && there ? [{ here, there }] : [];
  });
  if (!box || pairs.length === 0) return;
  // Only what somebody moves leads: the scrolling that it causes elsewhere is not answered.
  let leads = false;
  const take = (mine: boolean) => (): void => {
    leads = mine;
  };
  for (const name of ["pointerenter", "focusin", "wheel", "touchstart"]) {
    box.addEventListener(name, take(true), { passive: true });
  }
  box.addEventListener("pointerleave", take(false));
  box.addEventListener("focusout", take(false));
  addEventListener(
    "scroll",
    perFrame(() => leads || follow(box, pairs)),
    { passive: true },
  );
  box.addEventListener(
    "scroll",
    perFrame(() => leads && lead(box, pairs)),
    { passive: true },
  );
  follow(box, pairs);
}

const tops = (elements: readonly HTMLElement[]): number[] =>
  elements.map((element) => element.getBoundingClientRect().top);

function follow(box: HTMLElement, pairs: readonly Pair[]): void {
  const [row, share] = placeIn(tops(pairs.map(({ here }) => here)), innerHeight * LINE);
  const at = topOf(tops(pairs.map(({ there }) => there)), row, share);
  const frame = box.getBoundingClientRect();
  box.scrollTop += at - (frame.top + frame.height * LINE);
}

function lead(box: HTMLElement, pairs: readonly Pair[]): void {
  const frame = box.getBoundingClientRect();
  const line = frame.top + frame.height * LINE;
  const [row, share] = placeIn(tops(pairs.map(({ there }) => there)), line);
  const at = topOf(tops(pairs.map(({ here }) => here)), row, share);
  scrollBy({ top: at - innerHeight * LINE, behavior: "instant" });
}
