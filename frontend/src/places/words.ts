/** Places in words: for lists, for screen readers, for what is wrong with them. */

import type { MediaLocus } from "../workbench/types";
import { t } from "./messages";
import { extent, type Problem, type Shape } from "./shapes";
import { writtenPart } from "./times";

export function shapeWords(shape: Shape): string {
  const { left, top, right, bottom } = extent(shape);
  return t("shape_words", {
    shape: t(`shape_${shape.shape}`),
    width: Math.round(right - left),
    height: Math.round(bottom - top),
    x: Math.round(left),
    y: Math.round(top),
  });
}

export function placeWords(locus: MediaLocus): string {
  return locus.kind === "region" ? shapeWords(locus.region) : writtenPart(locus);
}

export function problemWords(problem: Exclude<Problem, "">): string {
  return t(`problem_${problem}`);
}
