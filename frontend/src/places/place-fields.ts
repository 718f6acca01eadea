/**
 * `<place-fields>`: the place of the note being written, in numbers or times that can be typed. Tells `place-typed` with
 * each place that is one; what is typed and is none stays, with what is wrong beside it.
 */

import { html, nothing, type TemplateResult } from "lit";
import { LightElement } from "../lib/light";
import { fieldError, sign } from "../lib/templates";
import type { MediaLocus, RegionLocus, TimeLocus } from "../workbench/types";
import type { PlacesBootstrap } from "./ground";
import { t } from "./messages";
import type { PlaceService } from "./service";
import { fromNumbers, numbersOf, problem } from "./shapes";
import { european, secondsOf, written } from "./times";
import { placeWords, problemWords } from "./words";

const NAMES = {
  rect: ["left", "top", "width", "height"],
  ellipse: ["center_left", "center_top", "half_width", "half_height"],
} as const;

export class PlaceFields extends LightElement {
  static override properties = {
    locus: { attribute: false },
    service: { attribute: false },
    errors: { attribute: false },
    typed: { state: true },
    wrong: { state: true },
  };

  declare locus: MediaLocus;
  declare service: PlaceService;
  declare errors: readonly string[];
  /** What is typed as long as it is no place. */
  declare typed: readonly string[] | null;
  declare wrong: string;

  constructor() {
    super();
    this.errors = [];
    this.typed = null;
    this.wrong = "";
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    // Drawn anew meanwhile: what was typed and was no place is not what is meant any more.
    if (!changed.has("locus")) return;
    this.typed = null;
    this.wrong = "";
  }

  protected override render(): TemplateResult {
    const { locus } = this;
    return html`<fieldset class="fieldset place-fields"><legend>${t("place")}</legend>
      <p class="field__help" aria-live="polite"><bdi>${placeWords(locus)}</bdi></p>
      ${locus.kind === "region" ? this.#region(locus) : this.#time(locus)}
      ${fieldError(this.wrong ? [this.wrong] : this.errors, "place-error")}
    </fieldset>`;
  }

  #region(locus: RegionLocus): TemplateResult {
    const { shape } = locus.region;
    const values = this.typed ?? numbersOf(locus.region).map(String);
    if (shape === "polygon") {
      const words = this.typed?.[0] ?? pairs(values);
      return html`<label class="field"><span class="field__label">${t("corners")}</span>
        <textarea class="input" dir="ltr" rows="2" name="corners" .value=${words} aria-describedby="corners-help"
          @change=${(event: Event) => this.#corners(locus, (event.target as HTMLTextAreaElement).value)}></textarea>
        <span class="field__help" id="corners-help">${t("corners_help")}</span></label>`;
    }
    return html`<div class="place-fields__numbers">${NAMES[shape].map(
      (name, index) => html`<label class="field"><span class="field__label">${t(name)}</span>
        <input class="input" dir="ltr" inputmode="decimal" autocomplete="off" name=${name} .value=${values[index] ?? ""}
          aria-invalid=${this.wrong ? "true" : nothing}
          @change=${(event: Event) => this.#number(locus, index, (event.target as HTMLInputElement).value)} /></label>`,
    )}</div>`;
  }

  #time(locus: TimeLocus): TemplateResult {
    const values = this.typed ?? [written(locus.start), written(locus.end)];
    return html`<div class="place-fields__numbers">${(["from", "to"] as const).map(
      (name, index) => html`<label class="field"><span class="field__label">${t(name)}</span>
        <input class="input" dir="ltr" autocomplete="off" name=${name} .value=${values[index] ?? ""}
          aria-invalid=${this.wrong ? "true" : nothing}
          @change=${(event: Event) => this.#times(locus, index, (event.target as HTMLInputElement).value)} /></label>`,
    )}</div>
    <div class="actions"><button type="button" class="button button--small" data-action="play-part"
      @click=${() => this.tell("play-part", locus)}>${sign("play")}${t("play_part")}</button></div>`;
  }

  #number(locus: RegionLocus, index: number, value: string): void {
    const values = [...(this.typed ?? numbersOf(locus.region).map(String))];
    values[index] = value;
    this.#shape(locus, values, values.map(number));
  }

  #corners(locus: RegionLocus, value: string): void {
    const numbers = value.trim().split(/[\s;؛]+/).flatMap((one) => one.split(/[,،]/)).filter(Boolean).map(number); // biome-ignore format: one line
    this.#shape(locus, [value], numbers);
  }

  #shape(locus: RegionLocus, typed: readonly string[], numbers: readonly number[]): void {
    const { width = 0, height = 0, page = 1 }: PlacesBootstrap = this.service.data;
    const region = fromNumbers(locus.region.shape, numbers, page);
    const found = region ? problem(region, { width, height }) : "bad_region";
    if (found || !region) {
      this.#refuse(typed, problemWords(found || "bad_region"));
      return;
    }
    this.tell<MediaLocus>("place-typed", { ...locus, region });
  }

  #times(locus: TimeLocus, index: number, value: string): void {
    const typed = [...(this.typed ?? [written(locus.start), written(locus.end)])];
    typed[index] = value;
    const [start, end] = typed.map(secondsOf);
    if (typeof start !== "number" || typeof end !== "number") {
      this.#refuse(typed, t("bad_time"));
      return;
    }
    if (end < start) {
      this.#refuse(typed, t("time_order"));
      return;
    }
    this.tell<MediaLocus>("place-typed", { ...locus, start, end });
  }

  #refuse(typed: readonly string[], why: string): void {
    this.typed = typed;
    this.wrong = why;
  }
}

const number = (typed: string): number => (typed.trim() ? Number(european(typed.trim())) : Number.NaN);

function pairs(values: readonly string[]): string {
  const found: string[] = [];
  for (let i = 0; i < values.length; i += 2) found.push(`${values[i]},${values[i + 1]}`);
  return found.join(" ");
}
