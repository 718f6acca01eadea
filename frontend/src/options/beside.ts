/**
 * Whether a release is read beside its translation: remembered when the link to it, or back from it, is followed.
 *
 * The choice is an address, so that it can be shared and works without this. Who chose it once comes to it by the bare address
 * of a release too; never by one that names a part, a note or a passage, which say where the reader wants to be.
 */

import { chosenOf, toKeep } from "./choices";

const root = document.documentElement;

export function followBeside(link: HTMLAnchorElement): void {
  const isOffered = link.dataset.beside === "on";
  if (isOffered && chosenOf(root.dataset).beside === "on" && !location.search && !location.hash) {
    location.replace(link.href);
    return;
  }
  for (const one of document.querySelectorAll<HTMLAnchorElement>("a[data-beside]"))
    one.addEventListener("click", () => keep(one.dataset.beside === "on" ? "on" : "off"));
}

function keep(beside: "on" | "off"): void {
  const detail = toKeep({ ...chosenOf(root.dataset), beside });
  document.dispatchEvent(new CustomEvent("hashiya:choose", { detail }));
}
