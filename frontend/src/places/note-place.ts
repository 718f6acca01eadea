/** `<note-place>`: on a card, the piece of picture that a note is about, or its seconds with a way to play them. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { LightElement } from "../lib/light";
import { sign } from "../lib/templates";
import type { Note } from "../textlayer/notes";
import type { PlacesBootstrap } from "./ground";
import { t } from "./messages";
import { type Box, extent, type Point, type Shape } from "./shapes";
import { writtenPart } from "./times";

/** Pixels of a crop on a card, at most; and how much is shown around a region, of its own size and of the picture's. */
const [WIDE, HIGH, AROUND, LEAST] = [360, 240, 0.5, 0.06];

export class NotePlace extends LightElement {
  static override properties = { note: { attribute: false } };
  /** What the page says of its picture; the same for every card on it. */
  static data: PlacesBootstrap | null = null;
  /** Say which number a note has on the page. */
  static numberOf: (id: string) => number = () => 0;

  declare note: Note;

  protected override render(): TemplateResult {
    const { note } = this;
    const number = NotePlace.numberOf(note.id);
    return html`<div class="note-place">
      ${note.region ? this.#crop(note.region) : nothing}
      <p class="note-place__words">${number ? html`<b class="note-place__number">${number}</b> ` : nothing}${
        note.region
          ? html`<bdi>${note.exact}</bdi>`
          : html`<button type="button" class="button button--small button--quiet" data-action="play-part"
              @click=${() => this.tell("play-part", note)}>${sign("play")}<bdi dir="ltr">${writtenPart(note)}</bdi><span class="visually-hidden">${t("play_part")}</span></button>`
      }</p>
    </div>`;
  }

  #crop(region: Shape): TemplateResult | typeof nothing {
    const data = NotePlace.data;
    if (!data?.service || data.is_warned || !data.width || !data.height) return nothing;
    const { left, top, right, bottom } = around(extent(region), data.width, data.height);
    const [width, height] = [right - left, bottom - top];
    if (width <= 0 || height <= 0) return nothing;
    const factor = Math.min(WIDE / width, HIGH / height, 1);
    return html`<span class="crop"><img src="${data.service}/${left},${top},${width},${height}/!${WIDE},${HIGH}/0/default.jpg"
      width=${Math.max(1, Math.round(width * factor))} height=${Math.max(1, Math.round(height * factor))} alt="" loading="lazy" decoding="async" />
      <svg class="crop__shape" viewBox="${left} ${top} ${width} ${height}" aria-hidden="true" focusable="false">${drawn(region)}</svg></span>`;
  }
}

function around({ left, top, right, bottom }: Box, width: number, height: number): Box {
  const across = Math.max((right - left) * AROUND, width * LEAST);
  const along = Math.max((bottom - top) * AROUND, height * LEAST);
  return {
    left: Math.max(0, Math.floor(left - across)),
    top: Math.max(0, Math.floor(top - along)),
    right: Math.min(width, Math.ceil(right + across)),
    bottom: Math.min(height, Math.ceil(bottom + along)),
  };
}

/** The shape as an element of SVG. */
function drawn({ shape, points }: Shape): TemplateResult {
  const [[x1, y1], [x2, y2]] = [points[0] ?? [0, 0], points[1] ?? [0, 0]] as [Point, Point];
  if (shape === "polygon") return svg`<polygon points=${points.map((point) => point.join(",")).join(" ")} />`;
  if (shape === "ellipse") return svg`<ellipse cx=${x1} cy=${y1} rx=${x2} ry=${y2} />`;
  return svg`<rect x=${x1} y=${y1} width=${x2 - x1} height=${y2 - y1} />`;
}
