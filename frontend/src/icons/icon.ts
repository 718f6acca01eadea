/** Icons come from one sprite whose address the page tells (`<html data-icons>`), so that scripts and templates share it. */

const SVG = "http://www.w3.org/2000/svg";

/** Names that point along the line of reading: turned over in right-to-left pages, as `components/icon.html` does. */
const FLIPPED = new Set(
  (
    "arrow-forward arrow-back chevron-forward chevron-back sign-in sign-out undo reply send contents list worklist " +
    "panel external quote text note book edition help audio link-broken"
  ).split(" "),
);

/** Return an icon for a button or a line of text. It is decoration: the words or the label stand on its parent. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.classList.add("icon");
  svg.classList.toggle("icon--flip", FLIPPED.has(name));
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${document.documentElement.dataset.icons ?? ""}#${name}`);
  svg.append(use);
  return svg;
}
