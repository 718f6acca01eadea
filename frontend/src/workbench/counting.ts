/** How many notes there are, said at the head of the page, as they are made and taken back. */

import { t } from "./messages";

/** One note more (1) or fewer (-1) than `[data-note-count="…"]` says. */
export function countNotes(change: 1 | -1): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-note-count]")) {
    const n = Math.max(0, Number(element.dataset.noteCount) + change);
    element.dataset.noteCount = String(n);
    element.textContent = t("notes_total", { n });
  }
}
