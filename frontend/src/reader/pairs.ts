/** Two releases side by side: words with a note open it below them, and an address that names one finds it unfolded. */

import { calm } from "../lib/dom";

export function followNotes(pairs: HTMLElement): void {
  pairs.addEventListener("click", (event) => {
    const mark = (event.target as Element).closest<HTMLElement>("mark[data-note]");
    if (!mark || (event.target as Element).closest("a") || !(getSelection()?.isCollapsed ?? true)) return;
    show(mark.dataset.note ?? "");
  });
  addEventListener("hashchange", arrive);
  arrive();
}

function arrive(): void {
  const id = /^#note-(.+)$/.exec(location.hash)?.[1];
  if (id) show(decodeURIComponent(id));
}

function show(id: string): void {
  const card = document.getElementById(`note-${id}`);
  const fold = card?.closest<HTMLDetailsElement>("details");
  if (!card || !fold) return;
  fold.open = true;
  for (const other of document.querySelectorAll("[data-pairs] .note[aria-current]"))
    other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}
