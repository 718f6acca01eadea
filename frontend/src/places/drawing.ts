/**
 * Drawing over a picture with a mouse, a pen or a finger. One finger draws while a tool is chosen; a second one gives the
 * drawing up and zooms. A polygon takes a corner with each press and is closed at its first corner, by a double press,
 * by Enter or by its button.
 */

import { announce } from "../lib/announce";
import { t } from "./messages";
import { type Kind, type Point, type Shape, within } from "./shapes";
import { outline, s } from "./svg";
import type { PictureView } from "./view";

/** Pixels of the screen: a drag shorter than this is a press; the first corner takes a press this near. */
const [LEAST, NEAR] = [6, 14];

export interface DrawingEvents {
  onShape(shape: Shape): void;
  onCorners(count: number): void;
}

interface Finger {
  readonly x: number;
  readonly y: number;
}

export class Drawing {
  tool: Kind | null = null;
  readonly #svg: SVGSVGElement;
  readonly #view: PictureView;
  readonly #layer: SVGGElement;
  readonly #page: number;
  readonly #events: DrawingEvents;
  readonly #fingers = new Map<number, Finger>();
  #from: Point | null = null;
  #corners: Point[] = [];
  /** Where the pointer went down, as long as it may still be a press. */
  #pressed: Finger | null = null;

  constructor(svg: SVGSVGElement, view: PictureView, page: number, events: DrawingEvents) {
    this.#svg = svg;
    this.#view = view;
    this.#page = page;
    this.#events = events;
    this.#layer = s("g", { class: "places__drawing" });
    svg.append(this.#layer);
    svg.addEventListener("pointerdown", (event) => this.#down(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    svg.addEventListener("pointerup", (event) => this.#up(event));
    svg.addEventListener("pointercancel", (event) => this.#cancel(event));
    svg.addEventListener("dblclick", () => this.close());
    svg.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        view.pinch(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX, event.clientY);
      },
      { passive: false },
    );
  }

  /** The group in which a shape grows; it follows the picture. */
  get layer(): SVGGElement {
    return this.#layer;
  }

  take(tool: Kind | null): void {
    this.tool = tool;
    this.#svg.classList.toggle("places--drawing", tool !== null);
    this.stop();
  }

  /** Give up what is being drawn; the tool stays. Returns whether there was anything. */
  stop(): boolean {
    const had = this.#from !== null || this.#corners.length > 0;
    this.#from = null;
    this.#corners = [];
    this.#fingers.clear();
    this.#layer.replaceChildren();
    this.#events.onCorners(0);
    return had;
  }

  /** Make a polygon of the corners so far; false when they are too few. */
  close(): boolean {
    const points = distinct(this.#corners);
    if (this.tool !== "polygon" || points.length < 3) return false;
    this.stop();
    this.#events.onShape({ shape: "polygon", points, ...(this.#page > 1 ? { page: this.#page } : {}) });
    return true;
  }

  /** End the polygon that was begun, or say what it lacks; false when none was. */
  finish(): boolean {
    if (this.#corners.length === 0) return false;
    if (!this.close()) announce(t("three_corners"));
    return true;
  }

  /** Take the last corner back. */
  back(): void {
    this.#corners.pop();
    this.#growing(this.#corners.at(-1) ?? null);
    this.#events.onCorners(this.#corners.length);
  }

  #down(event: PointerEvent): void {
    if (!this.tool || event.button !== 0) return;
    event.preventDefault();
    this.#svg.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.#fingers.size > 1) {
      // Two fingers zoom: what the first one began is no shape.
      this.#from = this.#pressed = null;
      if (this.tool !== "polygon") this.#layer.replaceChildren();
      return;
    }
    this.#pressed = { x: event.clientX, y: event.clientY };
    if (this.tool !== "polygon") this.#from = this.#view.pixelAt(event.clientX, event.clientY);
  }

  #move(event: PointerEvent): void {
    if (!this.tool) return;
    const before = this.#fingers.get(event.pointerId);
    if (before) this.#fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (before && this.#fingers.size === 2) {
      this.#zoom(event, before);
      return;
    }
    const now = this.#view.pixelAt(event.clientX, event.clientY);
    if (this.#from) this.#layer.replaceChildren(outline(this.#spanned(this.#from, now), "places__growing"));
    else if (this.#corners.length > 0) this.#growing(now);
  }

  #zoom(event: PointerEvent, before: Finger): void {
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return;
    const apart = (finger: Finger): number => Math.hypot(finger.x - other.x, finger.y - other.y) || 1;
    const now = { x: event.clientX, y: event.clientY };
    const [x, y] = [(now.x + other.x) / 2, (now.y + other.y) / 2];
    this.#view.pinch(apart(now) / apart(before), x, y, (now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  #up(event: PointerEvent): void {
    const alone = this.#fingers.size === 1 && this.#fingers.has(event.pointerId);
    this.#fingers.delete(event.pointerId);
    const pressed = this.#pressed;
    if (!this.tool || !alone || !pressed) return;
    this.#pressed = null;
    const short = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < LEAST;
    const now = this.#view.pixelAt(event.clientX, event.clientY);
    if (this.tool === "polygon") {
      this.#corner(now);
      return;
    }
    const from = this.#from;
    this.#from = null;
    this.#layer.replaceChildren();
    if (from && !short) this.#events.onShape(this.#spanned(from, now));
  }

  #cancel(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    this.#from = this.#pressed = null;
    if (this.tool !== "polygon") this.#layer.replaceChildren();
  }

  #corner([x, y]: Point): void {
    const { width, height } = this.#view.size;
    const corner: Point = [
      Math.round(Math.min(Math.max(x, 0), width)),
      Math.round(Math.min(Math.max(y, 0), height)),
    ];
    const [first] = this.#corners;
    const near = NEAR / this.#view.frame.scale;
    if (first && this.#corners.length > 2 && Math.hypot(corner[0] - first[0], corner[1] - first[1]) < near) {
      this.close();
      return;
    }
    this.#corners.push(corner);
    this.#growing(corner);
    this.#events.onCorners(this.#corners.length);
  }

  #growing(now: Point | null): void {
    const points = now ? [...this.#corners, now] : this.#corners;
    const line = s("polyline", {
      class: "places__growing",
      points: points.map((p) => p.join(",")).join(" "),
    });
    const radius = 5 / this.#view.frame.scale;
    const dots = this.#corners.map(([cx, cy]) => s("circle", { class: "places__dot", cx, cy, r: radius }));
    this.#layer.replaceChildren(line, ...dots);
  }

  #spanned(from: Point, to: Point): Shape {
    const box = { left: from[0], top: from[1], right: to[0], bottom: to[1] };
    return within(this.tool ?? "rect", box, this.#view.size, this.#page);
  }
}

/** Corners without those that repeat the one before: a double press makes two. */
function distinct(corners: readonly Point[]): Point[] {
  return corners.filter(([x, y], index) => {
    const before = corners[index - 1];
    return !before || before[0] !== x || before[1] !== y;
  });
}
