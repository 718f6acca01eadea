/** What the address and the keyboard ask of the panel beside a picture or a film. */

import { isTyping } from "../lib/dom";
import { parseAddress } from "../reader/address";
import type { Lies } from "./ground";

/** The note that the address names, after `#` or in the query, and whether its part of the film is to be played. */
export function addressed(): { readonly id: string | null; readonly plays: boolean } {
  const address = parseAddress(location.hash);
  const query = new URLSearchParams(location.search);
  const id = address && "note" in address ? address.note : query.get("note");
  return { id, plays: query.has("play") };
}

/** Say that there is no such note here. */
export async function tellUnknown(id: string, panel: HTMLElement): Promise<void> {
  const { unknownNote } = await import("../reader/notices");
  unknownNote(document.getElementById("ground") ?? panel, id);
}

export type Pressed = "leave" | "pick" | "next" | "before";

const KEYS: Readonly<Record<string, Pressed>> = {
  Escape: "leave",
  KeyP: "pick",
  KeyJ: "next",
  KeyK: "before",
};

/** What a key means here; null while somebody types, or has turned such keys off. */
export function pressed(event: KeyboardEvent): Pressed | null {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (document.documentElement.dataset.shortcuts === "off") return null;
  const asked = KEYS[event.code] ?? null;
  return asked === "leave" && event.defaultPrevented ? null : asked;
}

/** The note after or before the chosen one; without one the first, or the last. */
export function neighbor(
  all: readonly Lies[],
  chosen: string | null,
  way: "next" | "before",
): Lies | undefined {
  const at = all.findIndex(({ id }) => id === chosen);
  if (way === "next") return all[at + 1];
  return at < 0 ? all.at(-1) : all[at - 1];
}
