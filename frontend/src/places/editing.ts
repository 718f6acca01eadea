/**
 * The shape of what is being written: moved by dragging it, changed by its handles, and both with keys. Arrows move,
 * Shift and arrows size, Enter takes it, Escape gives it up. On a corner of a polygon arrows move the corner, Insert or +
 * adds one after it and Delete takes it away.
 */

import { announce } from "../lib/announce";
import { t } from "./messages";
import {
  extent,
  handles,
  moved,
  type Point,
  problem,
  type Shape,
  sized,
  withCorner,
  withHandle,
  withoutCorner,
} from "./shapes";
import { outline, s } from "./svg";
import type { PictureView } from "./view";
import { problemWords, shapeWords } from "./words";

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Of the pixels on the screen, how many one press of an arrow moves by; of the picture, one at least. */
const STEP = 8;

export interface EditingEvents {
  onChange(shape: Shape): void;
  onTake(): void;
  onGiveUp(): void;
}

export class Editing {
  readonly #svg: SVGSVGElement;
  readonly #view: PictureView;
  readonly #events: EditingEvents;
  readonly #shapes = s("g");
  readonly #handles = s("g");
  #shape: Shape | null = null;
  #dragged = false;

  constructor(svg: SVGSVGElement, view: PictureView, events: EditingEvents) {
    this.#svg = svg;
    this.#view = view;
    this.#events = events;
    svg.append(this.#shapes, this.#handles);
  }

  /** The group that follows the picture. */
  get layer(): SVGGElement {
    return this.#shapes;
  }

  get shape(): Shape | null {
    return this.#shape;
  }

  /** Show a shape to be changed; null for none. What already shows stays where the keys are. */
  show(shape: Shape | null): void {
    const before = this.#shape;
    this.#shape = shape;
    if (this.#dragged) return;
    if (!shape) {
      this.#shapes.replaceChildren();
      this.#handles.replaceChildren();
    } else if (before && before.shape === shape.shape && handles(before).length === handles(shape).length) {
      this.#redraw();
    } else this.#build(shape);
  }

  focus(): void {
    this.#shapes.querySelector<SVGElement>("[tabindex]")?.focus({ preventScroll: true });
  }

  /** Put the handles, which keep their size, where the picture has moved to. */
  follow(): void {
    const shape = this.#shape;
    if (!shape) return;
    const { scale, left, top } = this.#view.frame;
    handles(shape).forEach(([x, y], index) => {
      this.#handles.children[index]?.setAttribute(
        "transform",
        `translate(${left + x * scale} ${top + y * scale})`,
      );
    });
  }

  #build(shape: Shape): void {
    const element = s("g", { class: "places__pending", tabindex: 0, role: "application" });
    element.append(outline(shape, "places__halo"), outline(shape, "places__edge"));
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("pointerdown", (event) => this.#drag(event, null));
    this.#shapes.replaceChildren(element);
    this.#handles.replaceChildren(...handles(shape).map((_, index) => this.#handle(shape, index)));
    this.#name();
    this.follow();
  }

  #handle(shape: Shape, index: number): SVGGElement {
    const label = t(shape.shape === "polygon" ? "corner" : "handle", { n: index + 1 });
    const element = s("g", { class: "places__handle", tabindex: 0, role: "button", "aria-label": label });
    element.append(
      s("circle", { class: "places__reach", r: 18 }),
      s("circle", { class: "places__knob", r: 7 }),
    );
    element.addEventListener("keydown", (event) => this.#handleKey(event, index));
    element.addEventListener("pointerdown", (event) => this.#drag(event, index));
    return element;
  }

  #redraw(): void {
    const shape = this.#shape;
    const element = this.#shapes.firstElementChild;
    if (!shape || !element) return;
    element.replaceChildren(outline(shape, "places__halo"), outline(shape, "places__edge"));
    element.classList.toggle("places__pending--wrong", problem(shape, this.#view.size) !== "");
    this.#name();
    this.follow();
  }

  #name(): void {
    const shape = this.#shape;
    if (!shape) return;
    const words = t("pending", { words: shapeWords(shape) });
    this.#shapes.firstElementChild?.setAttribute("aria-label", words);
  }

  #change(shape: Shape): void {
    this.#shape = shape;
    this.#redraw();
    if (!this.#dragged) this.#say();
  }

  /** Tell what became of the shape, to those who see it and those who hear it; a wrong one is not taken. */
  #say(): void {
    const shape = this.#shape;
    if (!shape) return;
    const wrong = problem(shape, this.#view.size);
    announce(wrong ? problemWords(wrong) : shapeWords(shape));
    if (!wrong) this.#events.onChange(shape);
  }

  #key(event: KeyboardEvent): void {
    const shape = this.#shape;
    if (!shape || event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const by = this.#step(arrow);
      this.#change((event.shiftKey ? sized : moved)(shape, by, this.#view.size));
    } else if (event.key === "Enter" || event.key === " ") this.#events.onTake();
    else if (event.key === "Escape") this.#events.onGiveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #handleKey(event: KeyboardEvent, index: number): void {
    const shape = this.#shape;
    if (!shape || event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const [x, y] = handles(shape)[index] ?? [0, 0];
    if (arrow) {
      const [dx, dy] = this.#step(arrow);
      this.#change(withHandle(shape, index, [x + dx, y + dy], this.#view.size));
    } else if (shape.shape === "polygon" && (event.key === "Insert" || event.key === "+")) {
      this.#recorner(withCorner(shape, index), index + 1);
    } else if (shape.shape === "polygon" && (event.key === "Delete" || event.key === "Backspace")) {
      this.#recorner(withoutCorner(shape, index), Math.max(0, index - 1));
    } else if (event.key === "Enter") this.#events.onTake();
    else if (event.key === "Escape") this.#events.onGiveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #recorner(shape: Shape, index: number): void {
    if (shape === this.#shape) {
      announce(t("three_corners"));
      return;
    }
    this.#shape = shape;
    this.#build(shape);
    (this.#handles.children[index] as SVGElement | undefined)?.focus();
    this.#say();
  }

  #step([x, y]: Point): Point {
    const step = Math.max(1, Math.round(STEP / this.#view.frame.scale));
    return [x * step, y * step];
  }

  /** Follow one pointer until it is lifted; `index` names the handle that it holds, null the shape itself. */
  #drag(event: PointerEvent, index: number | null): void {
    const shape = this.#shape;
    if (!shape || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    event.stopPropagation();
    const from = this.#view.pixelAt(event.clientX, event.clientY);
    const ended = new AbortController();
    const target = event.currentTarget as SVGElement;
    target.setPointerCapture(event.pointerId);
    target.focus({ preventScroll: true });
    this.#dragged = true;
    const move = (next: PointerEvent): void => {
      if (next.pointerId !== event.pointerId) return;
      const [x, y] = this.#view.pixelAt(next.clientX, next.clientY);
      const by: Point = [x - from[0], y - from[1]];
      this.#change(
        index === null
          ? moved(shape, by, this.#view.size)
          : withHandle(shape, index, [x, y], this.#view.size),
      );
    };
    const end = (back: boolean) => (): void => {
      ended.abort();
      this.#dragged = false;
      if (back) this.#change(shape);
      else this.#say();
    };
    this.#svg.addEventListener("pointermove", move, { signal: ended.signal });
    this.#svg.addEventListener("pointerup", end(false), { signal: ended.signal });
    this.#svg.addEventListener("pointercancel", end(true), { signal: ended.signal });
  }

  /** Return the box of the shape. */
  get box(): ReturnType<typeof extent> | null {
    return this.#shape && extent(this.#shape);
  }
}
