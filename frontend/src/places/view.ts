/** A picture in deep zoom with something drawn over it: what is seen, and which pixel lies where on the screen. */

import OpenSeadragon from "openseadragon";
import { announce } from "../lib/announce";
import { calm, perFrame } from "../lib/dom";
import { type Act, actOf } from "../zoom/keys";
import { t as zoom } from "../zoom/messages";
import { keepStylesOut, type Source } from "../zoom/source";
import type { Box, Point, Size } from "./shapes";

export class PictureView {
  readonly viewer: OpenSeadragon.Viewer;
  readonly size: Size;
  readonly canvas: HTMLElement;

  constructor(element: HTMLElement, source: Source, size: Size) {
    this.size = size;
    keepStylesOut();
    this.viewer = new OpenSeadragon.Viewer({
      element,
      tileSources: source,
      drawer: "canvas",
      showNavigationControl: false,
      keyboardNavEnabled: false,
      animationTime: calm() ? 0 : 0.5,
      immediateRender: calm(),
      visibilityRatio: 0.5,
      maxZoomPixelRatio: 4,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { pinchRotate: false, clickToZoom: false, dblClickToZoom: false },
    });
    this.canvas = this.viewer.canvas as HTMLElement;
    this.canvas.addEventListener("keydown", (event) => {
      const act = event.defaultPrevented ? null : actOf(event);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      this.act(act);
    });
  }

  /** Call back when there is a picture to draw over. */
  opened(): Promise<void> {
    return new Promise((resolve) => {
      if (this.viewer.isOpen()) resolve();
      else this.viewer.addOnceHandler("open", () => resolve());
    });
  }

  /** Show all of it, in the size that the element has got by now. */
  whole(): void {
    const { viewport } = this.viewer;
    const { width, height } = this.canvas.getBoundingClientRect();
    viewport.resize(new OpenSeadragon.Point(width, height), false);
    viewport.goHome(true);
  }

  /** Call `redraw` once a frame while the picture moves, and `rest` when it has come to rest. */
  moving(redraw: () => void, rest: () => void): void {
    this.viewer.addHandler("update-viewport", perFrame(redraw));
    this.viewer.addHandler("resize", perFrame(redraw));
    this.viewer.addHandler("animation-finish", rest);
    this.viewer.addHandler("resize", rest);
  }

  /** Pixels of the screen for one of the picture, and where its first one lies in the element. */
  get frame(): { readonly scale: number; readonly left: number; readonly top: number } {
    const { viewport } = this.viewer;
    const first = viewport.imageToViewerElementCoordinates(new OpenSeadragon.Point(0, 0));
    const last = viewport.imageToViewerElementCoordinates(new OpenSeadragon.Point(this.size.width, 0));
    return { scale: (last.x - first.x) / this.size.width, left: first.x, top: first.y };
  }

  /** What of the picture is seen, which may be more than there is of it. */
  get seen(): Box {
    const { scale, left, top } = this.frame;
    const { width, height } = this.canvas.getBoundingClientRect();
    return {
      left: -left / scale,
      top: -top / scale,
      right: (width - left) / scale,
      bottom: (height - top) / scale,
    };
  }

  /** Return which pixel of the picture lies under a place of the window. */
  pixelAt(clientX: number, clientY: number): Point {
    const box = this.canvas.getBoundingClientRect();
    const { scale, left, top } = this.frame;
    return [(clientX - box.left - left) / scale, (clientY - box.top - top) / scale];
  }

  /** Return where a box of the picture stands in the window. */
  boxOf({ left, top, right, bottom }: Box): DOMRect {
    const box = this.canvas.getBoundingClientRect();
    const frame = this.frame;
    const x = box.left + frame.left + left * frame.scale;
    const y = box.top + frame.top + top * frame.scale;
    return new DOMRect(x, y, (right - left) * frame.scale, (bottom - top) * frame.scale);
  }

  /** Bring a box of the picture into view, with room around it; what is seen whole already stays where it is. */
  reveal({ left, top, right, bottom }: Box): void {
    const seen = this.seen;
    const [width, height] = [right - left, bottom - top];
    const share = Math.max(width / (seen.right - seen.left), height / (seen.bottom - seen.top));
    const whole = left >= seen.left && right <= seen.right && top >= seen.top && bottom <= seen.bottom;
    if (whole && share > 0.04) return;
    const pad = Math.max(width, height, Math.min(this.size.width, this.size.height) * 0.1);
    const box = this.viewer.viewport.imageToViewportRectangle(
      left - pad,
      top - pad,
      width + pad * 2,
      height + pad * 2,
    );
    this.viewer.viewport.fitBoundsWithConstraints(box, calm());
  }

  act(act: Act): void {
    const { viewport } = this.viewer;
    if (act.kind === "whole") viewport.goHome(calm());
    else if (act.kind === "zoom") viewport.zoomBy(act.by, undefined, calm());
    else {
      const seen = viewport.getBounds();
      viewport.panBy(new OpenSeadragon.Point(act.x * seen.width, act.y * seen.height), calm());
    }
    viewport.applyConstraints(calm());
    if (act.kind !== "move") {
      announce(zoom("at", { percent: Math.round(viewport.viewportToImageZoom(viewport.getZoom()) * 100) }));
    }
  }

  /** Zoom and move by what two fingers did, or a wheel: around a place of the window. */
  pinch(by: number, clientX: number, clientY: number, dx = 0, dy = 0): void {
    const { viewport } = this.viewer;
    const box = this.canvas.getBoundingClientRect();
    const about = viewport.pointFromPixel(
      new OpenSeadragon.Point(clientX - box.left, clientY - box.top),
      true,
    );
    viewport.zoomBy(by, about, true);
    if (dx || dy)
      viewport.panBy(viewport.deltaPointsFromPixels(new OpenSeadragon.Point(-dx, -dy), true), true);
    viewport.applyConstraints(true);
  }
}
