/** A part of a picture or of a film that somebody typed: a rectangle in pixels, or seconds. */

import { fromNumbers, problem } from "../places/shapes";
import { european, secondsOf } from "../places/times";
import { t } from "./messages";
import type { Target } from "./types";

export type PartProblem = "bad_region" | "bad_time" | "part_outside" | "time_order";

/** Return the part of `whole` that was typed: "left, top, width, height", or "1:05 1:10"; or why it is none. */
export function partOf(typed: string, whole: Target): Target | PartProblem {
  if ("region" in whole) return region(typed, whole);
  return "video" in whole ? seconds(typed, whole) : "bad_region";
}

type Picture = Extract<Target, { readonly region: unknown }>;
type Film = Extract<Target, { readonly video: string }>;

function region(typed: string, whole: Picture): Target | PartProblem {
  const numbers = typed
    .split(/[\s,;،؛×x]+/)
    .filter(Boolean)
    .map((one) => Number(european(one)));
  const [, [width, height] = [0, 0]] = whole.region.points;
  const found = numbers.length === 4 ? fromNumbers("rect", numbers, 1) : null;
  if (!found) return "bad_region";
  return problem(found, { width, height }) ? "part_outside" : { image: whole.image, region: found };
}

function seconds(typed: string, whole: Film): Target | PartProblem {
  const [start, end, more] = typed
    .trim()
    .split(/[\s,;،؛–-]+/)
    .map(secondsOf);
  if (typeof start !== "number" || more !== undefined) return "bad_time";
  if (end !== undefined && typeof end !== "number") return "bad_time";
  const last = end ?? start;
  if (last < start) return "time_order";
  if (whole.end > 0 && last > whole.end) return "part_outside";
  return { video: whole.video, start, end: last };
}

export const partWords = (found: PartProblem): string => t(`part_${found}`);
