/**
 * What is personal is fetched apart: pages that everybody shares carry nothing of it.
 *
 * `<div data-account-url="/account/corner">`: the answer is a piece of HTML that takes the place of what is there. Where
 * it says `data-signed-in`, every `<div data-fragment-url="…">` of the page is filled in the same way.
 */

import { trusted } from "../lib/dom";

export async function fillAccountCorner(): Promise<void> {
  const corner = document.querySelector<HTMLElement>("[data-account-url]");
  if (!corner) return;
  await fill(corner, corner.dataset.accountUrl);
  if (!corner.querySelector("[data-signed-in]")) return;
  for (const place of document.querySelectorAll<HTMLElement>("[data-fragment-url]"))
    void fill(place, place.dataset.fragmentUrl);
}

async function fill(place: HTMLElement, url: string | undefined): Promise<void> {
  if (!url) return;
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    const kind = response.headers.get("Content-Type") ?? "";
    if (response.ok && kind.startsWith("text/html")) place.replaceChildren(trusted(await response.text()));
  } catch {
    // What stands there stays.
  }
}
