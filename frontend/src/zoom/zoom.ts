/** A picture looked at closely: tiles of our own image service, our own buttons and keys around OpenSeadragon. */

import OpenSeadragon from "openseadragon";
import { icon } from "../icons/icon";
import { announce } from "../lib/announce";
import { button, calm, h } from "../lib/dom";
import { toast } from "../lib/toast";
import { type Act, actOf, NEARER } from "./keys";
import { t } from "./messages";
import { keepStylesOut, type Source, sourceOf } from "./source";

export class Zoom {
  /** Called when the reader has enough. */
  onClose: () => void = () => {};

  private readonly viewer: OpenSeadragon.Viewer;
  private readonly place = h("span", { class: "zoom__place small" });
  private readonly frame = h("div", { class: "zoom", role: "region", "aria-label": t("region") });

  /** Put the viewer into `figure`; rejects when the image service does not answer. */
  static async over(figure: HTMLElement, services: readonly string[], page = 0): Promise<Zoom> {
    return new Zoom(figure, services, page, await sourceOf(services[page] ?? ""));
  }

  private constructor(
    figure: HTMLElement,
    private readonly services: readonly string[],
    private page: number,
    first: Source,
  ) {
    // What is left and right in the picture does not depend on the language of the page.
    const canvas = h("div", { class: "zoom__canvas", dir: "ltr" });
    this.frame.append(canvas, this.toolbar());
    figure.prepend(this.frame);
    keepStylesOut();
    this.viewer = new OpenSeadragon.Viewer({
      element: canvas,
      tileSources: first,
      drawer: "canvas",
      showNavigationControl: false,
      keyboardNavEnabled: false,
      animationTime: calm() ? 0 : 0.5,
      immediateRender: calm(),
      visibilityRatio: 0.5,
      maxZoomPixelRatio: 3,
      gestureSettingsTouch: { pinchRotate: false },
    });
    this.prepareKeys();
    this.frame.addEventListener("fullscreenchange", () => this.nameFullScreen());
    // For whoever drives the page from outside.
    this.viewer.addHandler("tile-drawn", () => {
      this.frame.dataset.drawn = "";
    });
  }

  focus(): void {
    this.viewer.canvas.focus({ preventScroll: true });
    this.frame.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  }

  private prepareKeys(): void {
    const canvas = this.viewer.canvas;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", t("canvas"));
    canvas.addEventListener("keydown", (event) => {
      const act = actOf(event);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      this.act(act);
    });
    this.frame.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || document.fullscreenElement) return;
      event.stopPropagation();
      this.close();
    });
  }

  private act(act: Act): void {
    const viewport = this.viewer.viewport;
    if (act.kind === "whole") viewport.goHome(calm());
    else if (act.kind === "zoom") viewport.zoomBy(act.by, undefined, calm());
    else {
      const seen = viewport.getBounds();
      viewport.panBy(new OpenSeadragon.Point(act.x * seen.width, act.y * seen.height), calm());
    }
    viewport.applyConstraints(calm());
    if (act.kind !== "move") this.tellSize();
  }

  private tellSize(): void {
    const size = this.viewer.viewport.viewportToImageZoom(this.viewer.viewport.getZoom());
    const words = t("at", { percent: Math.round(size * 100) });
    this.frame.dataset.size = String(Math.round(size * 100));
    announce(words);
  }

  private toolbar(): HTMLElement {
    const bar = h("div", { class: "toolbar zoom__tools", role: "toolbar", "aria-label": t("region") });
    bar.append(
      this.tool("plus", "nearer", () => this.act({ kind: "zoom", by: NEARER })),
      this.tool("minus", "farther", () => this.act({ kind: "zoom", by: 1 / NEARER })),
      this.tool("image", "whole", () => this.act({ kind: "whole" })),
    );
    if (this.services.length > 1) {
      bar.append(
        this.tool("chevron-back", "previous_page", () => void this.turn(-1)),
        this.place,
        this.tool("chevron-forward", "next_page", () => void this.turn(1)),
      );
      this.tellPage();
    }
    if (document.fullscreenEnabled) {
      const full = this.tool("expand", "full_screen", () => void this.toggleFullScreen());
      full.dataset.fullScreen = "";
      bar.append(full);
    }
    bar.append(this.tool("close", "close", () => this.close()));
    return bar;
  }

  private tool(name: string, label: Parameters<typeof t>[0], onClick: () => void): HTMLButtonElement {
    const made = button("", "toolbar__button", onClick);
    made.append(icon(name));
    made.setAttribute("aria-label", t(label));
    made.title = t(label);
    return made;
  }

  private async turn(by: number): Promise<void> {
    const all = this.services.length;
    const page = (this.page + by + all) % all;
    try {
      this.viewer.open(await sourceOf(this.services[page] ?? ""));
    } catch {
      toast(t("failed"));
      return;
    }
    this.page = page;
    announce(this.tellPage());
  }

  private tellPage(): string {
    const words = t("page_of", { n: this.page + 1, all: this.services.length });
    // An attribute: in a text, whatever it says would become part of the text.
    this.place.dataset.label = words;
    return words;
  }

  private async toggleFullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.frame.requestFullscreen();
  }

  private nameFullScreen(): void {
    const full = this.frame.querySelector<HTMLButtonElement>("[data-full-screen]");
    const label = t(document.fullscreenElement ? "leave_full_screen" : "full_screen");
    full?.setAttribute("aria-label", label);
    if (full) full.title = label;
  }

  private close(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    this.viewer.destroy();
    this.frame.remove();
    this.onClose();
  }
}
