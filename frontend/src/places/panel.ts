/** What stands around the list of notes beside a picture or a film: its head, the button for more, and what an empty one says. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { sign } from "../lib/templates";
import type { Note } from "../textlayer/notes";
import { t as workbench } from "../workbench/messages";
import type { Lies } from "./ground";
import { t } from "./messages";

/** How many notes are listed, and the way to the submission for whom has one. */
export function head(count: number, isFilm: boolean, submit: (() => void) | null): TemplateResult {
  return html`<div class="workbench__bar">
    <h2 class="workbench__title">${count > 0 ? t(isFilm ? "notes" : "on_screen", { n: count }) : workbench("panel")}</h2>
    <span class="actions">${
      submit
        ? html`<button type="button" class="button button--small" data-action="submit-notes" @click=${submit}>${sign("send")}${workbench("submit_notes")}</button>`
        : nothing
    }</span>
  </div>`;
}

/** The cards of what is listed, as far as the notes have come. */
export function cards(
  listed: readonly Lies[],
  noteOf: (id: string) => Note | undefined,
  chosen: string | null,
): unknown {
  return repeat(
    listed,
    ({ id }) => id,
    ({ id }) => {
      const note = noteOf(id);
      return note ? html`<note-card .note=${note} .current=${id === chosen}></note-card>` : nothing;
    },
  );
}

export function more(left: number, press: () => void): TemplateResult {
  return html`<button type="button" class="button" data-action="more-notes" @click=${press}>${t("more", { n: left })}</button>`;
}

/** Said where nothing is listed, and to whoever may write how it is done. */
export function empty(isFilm: boolean, isWriter: boolean): TemplateResult {
  const help = html`<p class="empty__text">${t(isFilm ? "how_to_film" : "how_to_picture")}</p>
    <p class="empty__text tiny">${t(isFilm ? "keys_film" : "keys_picture")}</p>`;
  return html`<div class="empty"><p class="empty__title">${t(isFilm ? "none_film" : "none_picture")}</p>
    ${isWriter ? help : nothing}</div>`;
}
