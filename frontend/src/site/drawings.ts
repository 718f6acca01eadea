/**
 * Drawings that are wider than a phone open where most of what they show is, not at an empty edge. Without a script they
 * open where a line of writing begins, and scroll by hand.
 *
 * <div class="place-chart__field"><svg>… <a class="place-chart__circle">…</a></svg></div>
 */

const FIELDS = ".time-chart__field, .place-chart__field";
const MARKS = ".time-chart__bar, .place-chart__circle";
/** Pixels between a mark and the edge of what is shown. */
const AIR = 12;

export type Span = readonly [left: number, right: number];

export function openDrawings(root: ParentNode = document): void {
  for (const field of root.querySelectorAll<HTMLElement>(FIELDS)) {
    if (field.scrollWidth <= field.clientWidth) continue;
    const edge = field.getBoundingClientRect().left + field.clientLeft;
    const chosen = field.querySelectorAll("[aria-current]");
    const marks = chosen.length > 0 ? chosen : field.querySelectorAll(MARKS);
    const spans = [...marks].map((mark): Span => {
      const { left, right } = mark.getBoundingClientRect();
      return [left - edge, right - edge];
    });
    field.scrollBy({ left: shift(spans, field.clientWidth), behavior: "instant" });
  }
}

/**
 * How far to move a window over spans, which now shows 0 to `width`, so that it holds as many whole ones as it can; not at
 * all when it holds as many already. They stand in its middle.
 */
export function shift(spans: readonly Span[], width: number): number {
  const held = (from: number, room: number) =>
    spans.filter(([left, right]) => left >= from && right <= from + room);
  let best = held(0, width);
  let isHere = true;
  for (const [left] of spans) {
    const found = held(left, width - 2 * AIR);
    if (found.length > best.length) {
      best = found;
      isHere = false;
    }
  }
  if (isHere || best.length === 0) return 0;
  const first = Math.min(...best.map(([left]) => left));
  const last = Math.max(...best.map(([, right]) => right));
  return Math.round((first + last - width) / 2);
}
