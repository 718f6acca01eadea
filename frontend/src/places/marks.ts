/**
 * The regions of notes over a picture: outlined, numbered, told apart by more than color. The pointer goes through them
 * to the picture, which moves under it; a press is matched with all shapes at its place, so that none hides another.
 */

import { t as reader } from "../textlayer/messages";
import type { Lies } from "./ground";
import { t } from "./messages";
import { contains, extent, numberedAt, type Point, spread } from "./shapes";
import { outline, s } from "./svg";
import type { PictureView } from "./view";

/** Numbers are written as long as no more than this many are seen; and so many pixels apart. */
const [NUMBERED, APART] = [150, 22];

export class Marks {
  readonly #view: PictureView;
  readonly #shapes = s("g", { role: "group", "aria-label": t("regions") });
  readonly #numbers = s("g", { "aria-hidden": "true" });
  readonly #onOpen: (id: string) => void;
  #all: readonly Lies[] = [];
  #chosen: string | null = null;

  constructor(svg: SVGSVGElement, view: PictureView, onOpen: (id: string) => void) {
    this.#view = view;
    this.#onOpen = onOpen;
    svg.append(this.#shapes, this.#numbers);
    this.#shapes.addEventListener("keydown", (event) => this.#key(event));
    this.#shapes.addEventListener("click", (event) => this.#opened(event));
  }

  /** The group that follows the picture. */
  get layer(): SVGGElement {
    return this.#shapes;
  }

  show(all: readonly Lies[]): void {
    this.#all = all;
    // Large ones lie below small ones.
    const ordered = [...all].sort((a, b) => size(b) - size(a));
    this.#shapes.replaceChildren(...ordered.map((lies) => this.#mark(lies)));
    this.#tabStop();
    this.follow();
  }

  choose(id: string | null): void {
    this.#chosen = id;
    for (const mark of this.#shapes.children) {
      const current = (mark as SVGElement).dataset.note === id;
      mark.classList.toggle("places__mark--current", current);
      if (current) mark.setAttribute("aria-current", "true");
      else mark.removeAttribute("aria-current");
    }
    this.#tabStop();
    this.follow();
  }

  /** Return the ids of the notes at a pixel, smallest first. */
  at(point: Point): string[] {
    const found = this.#all.filter(({ region }) => region && contains(region, point));
    return found.sort((a, b) => size(a) - size(b)).map(({ id }) => id);
  }

  /** Write the numbers, which keep their size, where the picture has moved to. */
  follow(): void {
    const { scale, left, top } = this.#view.frame;
    const { width, height } = this.#view.canvas.getBoundingClientRect();
    const placed: Point[] = [];
    const labels: SVGGElement[] = [];
    for (const { id, region, number, category } of this.#all) {
      if (!region) continue;
      const box = extent(region);
      const [atX, atY] = numberedAt(region);
      let x = left + atX * scale;
      const y = top + atY * scale;
      if (x > width || y > height || left + box.right * scale < 0 || top + box.bottom * scale < 0) continue;
      // Overlapping places that begin together have their numbers beside each other.
      while (placed.some(([px, py]) => Math.abs(px - x) < APART && Math.abs(py - y) < APART)) x += APART;
      placed.push([x, y]);
      const label = s("g", {
        class: "places__number",
        transform: `translate(${x} ${y})`,
        "data-category": category,
      });
      label.classList.toggle("places__number--current", id === this.#chosen);
      label.append(
        s("circle", { r: 10 }),
        s("text", { "text-anchor": "middle", dy: "0.35em" }, String(number)),
      );
      labels.push(label);
      if (labels.length > NUMBERED) break;
    }
    this.#numbers.replaceChildren(...(labels.length > NUMBERED ? [] : labels));
  }

  #mark({ id, region, category, number }: Lies): SVGGElement {
    const label = t("mark", { n: number, kind: reader(`category_${category}`) });
    const mark = s("g", {
      class: "places__mark", role: "button", tabindex: -1, "data-note": id, "data-category": category, "aria-label": label,
    }); // biome-ignore format: attributes
    if (region) mark.append(outline(region, "places__halo"), outline(region, "places__edge"));
    return mark;
  }

  /** One stop of the Tab key for all of them: arrows go from one to the next. */
  #tabStop(): void {
    const marks = this.#inOrder();
    const stop = marks.find(({ dataset }) => dataset.note === this.#chosen) ?? marks[0];
    for (const mark of marks) mark.setAttribute("tabindex", mark === stop ? "0" : "-1");
  }

  #inOrder(): SVGElement[] {
    const of = new Map(([...this.#shapes.children] as SVGElement[]).map((mark) => [mark.dataset.note, mark]));
    return this.#all.flatMap(({ id }) => of.get(id) ?? []);
  }

  #key(event: KeyboardEvent): void {
    const mark = (event.target as Element).closest<SVGElement>("[data-note]");
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    const marks = this.#inOrder();
    const at = marks.indexOf(mark);
    // Numbers go up to the right and downwards in every language, as the picture itself is never turned over.
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) marks[at + step]?.focus();
    else if (event.key === "Enter" || event.key === " ") this.#onOpen(mark.dataset.note ?? "");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** A press that a program sends, such as a screen reader; the pointer's own go to the picture. */
  #opened(event: Event): void {
    const id = (event.target as Element).closest<SVGElement>("[data-note]")?.dataset.note;
    if (id) this.#onOpen(id);
  }
}

const size = ({ region }: Lies): number => (region ? spread(region) : 0);
