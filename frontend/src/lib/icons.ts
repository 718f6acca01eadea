/** Icons of the one sprite, whose address the page's root element tells (`data-icons`). */

/** Those that point along the line are drawn for left-to-right and turned over for the other. */
const FLIPPED = new Set([
  "chevron-forward",
  "chevron-back",
  "link-broken",
  "note",
  "edit",
  "undo",
  "quote",
  "send",
]);
const SVG = "http://www.w3.org/2000/svg";

export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", FLIPPED.has(name) ? "icon icon--flip" : "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.documentElement.dataset.icons ?? ""}#${name}`);
  svg.append(use);
  return svg;
}
