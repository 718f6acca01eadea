/** Both versions of a note that two people changed at once. */

import { html, type TemplateResult } from "lit";
import type { Note } from "../textlayer/notes";
import { t } from "./messages";
import type { Draft } from "./types";

export function staleVersions(
  theirs: Note,
  yours: Draft,
  keep: () => void,
  take: () => void,
): TemplateResult {
  return html`<div class="versions">
    ${version(t("stale_theirs"), theirs.body_source, theirs.language)}
    ${version(t("stale_yours"), yours.body, yours.language)}
    <div class="actions">
      <button type="button" class="button button--small" data-action="keep-mine" @click=${keep}>${t("stale_keep")}</button>
      <button type="button" class="button button--small" data-action="take-theirs" @click=${take}>${t("stale_take")}</button>
    </div>
  </div>`;
}

function version(title: string, body: string, language: string): TemplateResult {
  return html`<section class="versions__one">
    <h3 class="note-group__title">${title}</h3>
    <p class="versions__body" lang=${language} dir="auto">${body}</p>
  </section>`;
}
