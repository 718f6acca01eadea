/** Choosing a relation and the direction in which it is read. */

import { html, nothing, type TemplateResult } from "lit";
import { sign } from "../lib/templates";
import { t } from "./messages";
import type { Relation } from "./types";

/** What a relation and its direction are, as a reference has them. */
export interface Chosen {
  readonly relation: string;
  readonly inverse: boolean;
}

/** Return a relation's name in a direction; of one that is not offered any more, nothing is known but its code. */
export function nameOf(relations: readonly Relation[], { relation, inverse }: Chosen): string {
  const found = relations.find(({ code }) => code === relation);
  return found ? (inverse ? found.inverse : found.name) : relation;
}

/** The relation that a new reference begins with. */
export function firstOf(relations: readonly Relation[]): string {
  return relations[0]?.code ?? "cites";
}

export function relationChoice(
  relations: readonly Relation[],
  chosen: Chosen,
  choose: (chosen: Chosen) => void,
): TemplateResult {
  const row = relations.find(({ code }) => code === chosen.relation);
  const label = t("relation");
  const isOther = chosen.relation !== "" && !row;
  return html`<span class="relation-choice">
    <select class="input" aria-label=${label} title=${row?.description || nothing}
      @change=${(event: Event) => {
        const relation = (event.target as HTMLSelectElement).value;
        const next = relations.find(({ code }) => code === relation);
        choose({ relation, inverse: chosen.inverse && !next?.symmetric });
      }}>
      ${isOther ? html`<option value=${chosen.relation} selected>${chosen.relation}</option>` : nothing}
      ${relations.map(
        ({ code, name, inverse }) =>
          html`<option value=${code} ?selected=${code === chosen.relation}>${chosen.inverse ? inverse : name}</option>`,
      )}
    </select>
    <button type="button" class="button button--quiet button--icon button--small" data-action="turn" aria-label=${t("turn_relation")}
      title=${t("turn_relation")} aria-pressed=${chosen.inverse ? "true" : "false"} ?disabled=${!row || row.symmetric}
      @click=${() => choose({ ...chosen, inverse: !chosen.inverse })}>${sign("swap")}</button>
  </span>`;
}
