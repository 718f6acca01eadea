/**
 * `<button data-suggested="/…/suggested.json" aria-pressed="false" hidden>`: marks in the text what is suggested, until it is
 * pressed again. Nothing is fetched before.
 */

import { request } from "../lib/http";
import { toast } from "../lib/toast";
import type { TextLayer } from "../textlayer/layer";
import { canPaint, type Place } from "../textlayer/painter";
import { t } from "./messages";

interface Suggested {
  readonly revision: number;
  readonly places: readonly Place[];
}

export function startSuggested(layer: TextLayer): void {
  const button = document.querySelector<HTMLButtonElement>("button[data-suggested]");
  if (!button || !canPaint()) return;
  button.hidden = false;
  button.addEventListener("click", () => void toggle(button, layer));
}

async function toggle(button: HTMLButtonElement, layer: TextLayer): Promise<void> {
  const on = button.getAttribute("aria-pressed") !== "true";
  const places = on ? await fetchPlaces(button.dataset.suggested ?? "", layer) : [];
  if (!places) return toast(t("suggested_failed"));
  if (on && !places.length) return toast(t("suggested_none"));
  layer.point("suggested", ...places);
  button.setAttribute("aria-pressed", String(on));
}

/** Return the places in the part of the text that is shown; null when the server does not give them. */
async function fetchPlaces(url: string, layer: TextLayer): Promise<readonly Place[] | null> {
  const answer = await request<Suggested>("GET", url).catch(() => null);
  if (!answer?.ok || answer.data.revision !== layer.text.revision) return null;
  return answer.data.places.filter(([start, end]) => start < layer.text.end && end > layer.text.start);
}
