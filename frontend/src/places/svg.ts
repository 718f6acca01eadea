/** Elements of SVG over a picture. */

import type { Shape } from "./shapes";

const SVG = "http://www.w3.org/2000/svg";

export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Make the element of a shape, in the picture's own pixels. */
export function outline({ shape, points }: Shape, className: string): SVGElement {
  const [[x1, y1], [x2, y2]] = [points[0] ?? [0, 0], points[1] ?? [0, 0]];
  if (shape === "polygon") {
    return s("polygon", { class: className, points: points.map((point) => point.join(",")).join(" ") });
  }
  if (shape === "ellipse") return s("ellipse", { class: className, cx: x1, cy: y1, rx: x2, ry: y2 });
  return s("rect", { class: className, x: x1, y: y1, width: x2 - x1, height: y2 - y1 });
}
