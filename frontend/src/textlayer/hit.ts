/** Which character lies under a point of the screen. */

import type { ArticleText } from "./article";

/** Room between two lines that still belongs to the letters above it: underlines are drawn there. */
const SLACK = 6;

/** Letters around a caret that are looked at when it is not beside the point. */
const REACH = 40;

/** Return the offset of the caret nearest to the point, or null outside the article. */
export function caretAt(text: ArticleText, x: number, y: number): number | null {
  const place = placeAt(x, y);
  if (!place || !text.element.contains(place.node)) return null;
  return text.offsetOf(place.node, place.offset);
}

/** Return the offset of the character whose box holds the point, or null where there is none. */
export function characterAt(text: ArticleText, x: number, y: number): number | null {
  const caret = caretAt(text, x, y);
  if (caret === null) return null;
  const near = [caret, caret - 1].find((offset) => holds(text, offset, x, y));
  if (near !== undefined) return near;
  // Where two directions meet, one place on the screen has two carets, and the browser may tell the far one.
  const around = Array.from({ length: 2 * REACH }, (_, step) => caret - REACH + step);
  return around.find((offset) => holds(text, offset, x, y)) ?? null;
}

function holds(text: ArticleText, offset: number, x: number, y: number): boolean {
  if (offset < text.start || offset >= text.end) return false;
  const boxes = text.range(offset, offset + 1).getClientRects();
  return [...boxes].some(
    (box) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top - SLACK && y <= box.bottom + SLACK,
  );
}

/** WebKit lacks `caretPositionFromPoint`. */
function placeAt(x: number, y: number): { node: Node; offset: number } | null {
  if ("caretPositionFromPoint" in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = (document as Document).caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
