/** The words of a place and what stands around them, as anchors keep them. Offsets are code points. */

import { slice } from "./codepoints";

/** Code points of context on each side, the same as on the server. */
export const CONTEXT = 32;

export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Return the quote of `[start, end)` in `text`. */
export function quote(text: string, start: number, end: number, context = CONTEXT): Quote {
  return {
    exact: slice(text, start, end),
    prefix: slice(text, Math.max(0, start - context), start),
    suffix: slice(text, end, end + context),
  };
}
