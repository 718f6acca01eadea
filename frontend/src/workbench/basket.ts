/** What was picked up: kept on the server, so that it is there on every page and every machine. */

import { request } from "../lib/http";
import { toast } from "../lib/toast";
import { t } from "./messages";
import type { Target } from "./types";

/** A picked place as the server tells it now. */
export interface PickedPlace {
  readonly id: string;
  /** "here"; "unsure" when its text was corrected; "gone" when it may not be seen any more. */
  readonly standing: "here" | "unsure" | "gone";
  readonly icon: string;
  readonly title: string;
  readonly words: string;
  /** Title and words in one. */
  readonly label: string;
  /** A piece of the picture. */
  readonly picture: string;
  /** What a reference points at; null when it cannot be put down. */
  readonly target: Target | null;
  readonly remove_url: string;
}

type Refusal = { readonly detail?: string };

/** Put a place into the basket; returns it, or why not. */
export async function pickUp(url: string, target: Target): Promise<PickedPlace | string> {
  const answer = await request<PickedPlace & Refusal>("POST", url, { body: { target } }).catch(() => null);
  if (answer?.ok) return answer.data;
  return answer?.data.detail ?? "";
}

/** Return what is in the basket, the newest first; null when the server does not answer. */
export async function basketOf(url: string): Promise<readonly PickedPlace[] | null> {
  const answer = await request<{ places: readonly PickedPlace[] }>("GET", url).catch(() => null);
  return answer?.ok ? answer.data.places : null;
}

/** Put a place out of the basket. */
export async function putOut(place: PickedPlace): Promise<boolean> {
  const answer = await request("DELETE", place.remove_url).catch(() => null);
  return answer?.ok ?? false;
}

/** Pick a place up and say what became of it. */
export async function tellPickedUp(url: string, target: Target): Promise<void> {
  const outcome = await pickUp(url, target);
  if (typeof outcome !== "string") toast(t("picked_up", { label: outcome.label }));
  else toast(outcome || t("not_picked_up"));
}
