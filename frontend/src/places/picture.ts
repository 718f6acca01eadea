/** A picture with the regions of its notes, and the tools to draw another. */

import { announce } from "../lib/announce";
import { button, h, isTyping } from "../lib/dom";
import { icon } from "../lib/icons";
import { toast } from "../lib/toast";
import type { MediaLocus } from "../workbench/types";
import { type Act, NEARER } from "../zoom/keys";
import { t as zoom } from "../zoom/messages";
import { sourceOf } from "../zoom/source";
import { Drawing } from "./drawing";
import { Editing } from "./editing";
import type { Ground, GroundEvents, Lies, PlacesBootstrap } from "./ground";
import { Marks } from "./marks";
import { t } from "./messages";
import { extent, inTheMiddle, type Kind, overlaps, problem, type Shape } from "./shapes";
import { s } from "./svg";
import { PictureView } from "./view";
import { problemWords, shapeWords } from "./words";

const TOOLS: Readonly<Record<Kind, string>> = { rect: "KeyR", ellipse: "KeyE", polygon: "KeyP" };
const KINDS = Object.keys(TOOLS) as Kind[];

export class PictureGround implements Ground {
  readonly #data: PlacesBootstrap;
  readonly #events: GroundEvents;
  readonly #view: PictureView;
  readonly #marks: Marks;
  readonly #drawing: Drawing;
  readonly #editing: Editing;
  readonly #layers: readonly SVGGElement[];
  readonly #closing: HTMLButtonElement;
  readonly #undoing: HTMLButtonElement;
  readonly #tools = new Map<Kind, HTMLButtonElement>();
  /** A shape that was placed with a key and is not taken yet. */
  #candidate = false;

  /** Put the picture into `figure`; rejects when the image service does not answer. */
  static async over(
    figure: HTMLElement,
    data: PlacesBootstrap,
    events: GroundEvents,
  ): Promise<PictureGround> {
    const source = await sourceOf(data.service ?? "");
    const ground = new PictureGround(figure, data, events, source);
    await ground.#view.opened();
    ground.#view.whole();
    ground.#follow();
    return ground;
  }

  private constructor(
    figure: HTMLElement,
    data: PlacesBootstrap,
    events: GroundEvents,
    source: Awaited<ReturnType<typeof sourceOf>>,
  ) {
    this.#data = data;
    this.#events = events;
    // What is left and right in the picture does not depend on the language of the page.
    const canvas = h("div", { class: "zoom__canvas", dir: "ltr" });
    const svg = s("svg", { class: "places", direction: "ltr" });
    const stage = h("div", { class: "places__stage", dir: "ltr" }, canvas, svg);
    const frame = h("div", { class: "zoom zoom--places", role: "region", "aria-label": t("picture") }, stage);
    figure.replaceChildren(frame);
    this.#view = new PictureView(canvas, source, { width: data.width ?? 1, height: data.height ?? 1 });
    this.#view.canvas.setAttribute("role", "application");
    this.#view.canvas.setAttribute("aria-label", t("canvas"));
    this.#marks = new Marks(svg, this.#view, (id) => this.#open([id], true));
    this.#drawing = new Drawing(svg, this.#view, data.page ?? 1, {
      onShape: (shape) => this.#drawn(shape),
      onCorners: (count) => this.#corners(count),
    });
    this.#editing = new Editing(svg, this.#view, {
      onChange: (shape) => this.#changed(shape),
      onTake: () => this.#take(),
      onGiveUp: () => this.#giveUp(),
    });
    this.#layers = [this.#marks.layer, this.#drawing.layer, this.#editing.layer];
    this.#closing = this.#tool("check", t("close_shape"), () => {
      if (!this.#drawing.close()) announce(t("three_corners"));
    });
    this.#undoing = this.#tool("undo", t("undo_corner"), () => this.#drawing.back());
    frame.append(this.#toolbar());
    this.#corners(0);
    this.#listen(frame);
  }

  show(all: readonly Lies[]): void {
    this.#marks.show(all);
  }

  choose(id: string | null): void {
    this.#marks.choose(id);
  }

  reveal({ region }: Lies): void {
    if (region) this.#view.reveal(extent(region));
  }

  inView({ region }: Lies): boolean {
    return region !== undefined && overlaps(extent(region), this.#view.seen);
  }

  boxOf({ region }: Lies): DOMRect {
    return region ? this.#view.boxOf(extent(region)) : this.#view.canvas.getBoundingClientRect();
  }

  writing(locus: MediaLocus | null): void {
    this.#candidate = false;
    const region = locus?.kind === "region" ? locus.region : null;
    const isNew = region !== null && this.#editing.shape === null;
    this.#editing.show(region);
    if (region && isNew) this.#view.reveal(extent(region));
    if (region) this.#choose(null);
  }

  play(): void {
    // A picture does not move.
  }

  focus(): void {
    this.#view.canvas.focus({ preventScroll: true });
  }

  #follow = (): void => {
    const { scale, left, top } = this.#view.frame;
    for (const layer of this.#layers)
      layer.setAttribute("transform", `translate(${left} ${top}) scale(${scale})`);
    this.#marks.follow();
    this.#editing.follow();
  };

  #listen(frame: HTMLElement): void {
    this.#view.moving(this.#follow, () => this.#events.onView());
    this.#view.viewer.addHandler("canvas-click", (event) => {
      if (!event.quick) return;
      const original = event.originalEvent as PointerEvent;
      const ids = this.#marks.at(this.#view.pixelAt(original.clientX, original.clientY));
      if (ids.length > 0)
        this.#events.onPick(ids, new DOMRect(original.clientX, original.clientY, 0, 0), false);
      else this.#events.onMiss();
    });
    // For whoever drives the page from outside.
    this.#view.viewer.addHandler("tile-drawn", () => {
      frame.dataset.drawn = "";
    });
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  #toolbar(): HTMLElement {
    const bar = h("div", { class: "toolbar zoom__tools", role: "toolbar", "aria-label": t("tools") });
    if (this.#data.actions.includes("annotate")) {
      for (const kind of KINDS) {
        const tool = this.#tool(`shape-${kind}`, t(`draw_${kind}`), (event) =>
          this.#chooseTool(kind, event.detail === 0),
        );
        tool.setAttribute("aria-pressed", "false");
        tool.setAttribute("aria-keyshortcuts", TOOLS[kind].slice(-1));
        tool.dataset.tool = kind;
        this.#tools.set(kind, tool);
        bar.append(tool);
      }
      bar.append(
        this.#closing,
        this.#undoing,
        h("span", { class: "toolbar__separator", "aria-hidden": "true" }),
      );
    }
    const act = (name: string, label: string, act: Act): HTMLButtonElement =>
      this.#tool(name, label, () => this.#view.act(act));
    bar.append(
      act("plus", zoom("nearer"), { kind: "zoom", by: NEARER }),
      act("minus", zoom("farther"), { kind: "zoom", by: 1 / NEARER }),
      act("image", zoom("whole"), { kind: "whole" }),
    );
    return bar;
  }

  #tool(name: string, label: string, onClick: (event: MouseEvent) => void): HTMLButtonElement {
    const made = button("", "toolbar__button", onClick);
    made.append(icon(name));
    made.setAttribute("aria-label", label);
    made.title = label;
    return made;
  }

  /** Take up a tool, or put it down. With a key there is nothing to drag: the shape stands in the middle at once. */
  #chooseTool(kind: Kind, byKey: boolean): void {
    if (byKey) {
      this.#setTool(null);
      this.#place(kind);
    } else this.#setTool(this.#drawing.tool === kind ? null : kind);
  }

  #setTool(kind: Kind | null): void {
    this.#drawing.take(kind);
    for (const [name, tool] of this.#tools) tool.setAttribute("aria-pressed", String(name === kind));
    if (kind) announce(t(kind === "polygon" ? "drawing_polygon" : "drawing"));
  }

  #place(kind: Kind): void {
    const shape = inTheMiddle(kind, this.#view.seen, this.#view.size, this.#data.page ?? 1);
    const isWriting = this.#editing.shape !== null && !this.#candidate;
    this.#candidate = !isWriting;
    this.#editing.show(null);
    this.#editing.show(shape);
    this.#editing.focus();
    if (isWriting) this.#events.onEdit(this.#locus(shape));
    announce(t("placed", { words: shapeWords(shape) }));
  }

  #drawn(shape: Shape): void {
    const wrong = problem(shape, this.#view.size);
    if (wrong) {
      toast(problemWords(wrong));
      return;
    }
    this.#setTool(null);
    if (this.#editing.shape && !this.#candidate) {
      // Something is being written already: it is put there.
      this.#editing.show(null);
      this.#editing.show(shape);
      this.#events.onEdit(this.#locus(shape));
    } else this.#events.onPlace(this.#locus(shape));
  }

  #changed(shape: Shape): void {
    if (!this.#candidate) this.#events.onEdit(this.#locus(shape));
  }

  #take(): void {
    const shape = this.#editing.shape;
    if (!shape) return;
    const wrong = problem(shape, this.#view.size);
    if (wrong) toast(problemWords(wrong));
    else if (this.#candidate) this.#events.onPlace(this.#locus(shape));
    else this.#events.onDone();
  }

  #giveUp(): void {
    if (!this.#candidate) {
      this.#events.onDone();
      return;
    }
    this.#candidate = false;
    this.#editing.show(null);
    this.focus();
    announce(t("given_up"));
  }

  #locus(region: Shape): MediaLocus {
    return { kind: "region", image: this.#data.item, region };
  }

  #choose(id: string | null): void {
    this.#marks.choose(id);
  }

  #open(ids: readonly string[], focus: boolean): void {
    const box = document.activeElement?.getBoundingClientRect() ?? this.#view.canvas.getBoundingClientRect();
    this.#events.onPick(ids, box, focus);
  }

  #corners(count: number): void {
    const drawing = this.#drawing?.tool === "polygon";
    this.#closing.hidden = this.#undoing.hidden = !drawing;
    this.#closing.setAttribute("aria-disabled", String(count < 3));
    this.#undoing.setAttribute("aria-disabled", String(count < 1));
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
      return;
    const at = event.target instanceof HTMLButtonElement ? event.target : null;
    if (this.#drawing.tool) {
      if (event.key === "Escape") {
        if (!this.#drawing.stop()) this.#setTool(null);
      } else if (event.key === "Enter" && (!at || at.dataset.tool === this.#drawing.tool)) {
        // The tool's own button keeps the focus after a press: Enter on it ends the polygon that was drawn since.
        if (!this.#drawing.finish()) this.#chooseTool(this.#drawing.tool, true);
      } else if (event.key === "Backspace") this.#drawing.back();
      else {
        this.#toolKey(event);
        return;
      }
      event.preventDefault();
      return;
    }
    this.#toolKey(event);
  }

  #toolKey(event: KeyboardEvent): void {
    if (document.documentElement.dataset.shortcuts === "off" || event.shiftKey) return;
    const kind = KINDS.find((one) => TOOLS[one] === event.code);
    if (!kind || !this.#tools.has(kind)) return;
    event.preventDefault();
    this.#chooseTool(kind, true);
  }
}
