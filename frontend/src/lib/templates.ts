/** Pieces of templates that several components share. */

import { html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { icon } from "./icons";

/** An icon of the sprite. */
export const sign = (name: string): SVGSVGElement => icon(name);

/** Markup that the server has rendered and cleaned. */
export const rendered = (markup: string): TemplateResult => html`${unsafeHTML(markup)}`;

/** An error beside its field. */
export function fieldError(errors: readonly string[] | undefined, id: string): TemplateResult | null {
  if (!errors?.length) return null;
  return html`<p class="field__error" id=${id}>${sign("error")}<span>${errors.join(" ")}</span></p>`;
}
