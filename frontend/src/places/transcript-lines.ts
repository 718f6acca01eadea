/** Ticking lines of the words beside a film: `<ol data-transcript><li data-from data-to>`, times in milliseconds. */

import { h } from "../lib/dom";
import { t } from "./messages";

/** Put a box before each line that has a time; `onPart` hears the seconds of what is ticked. Returns how to untick all. */
export function pickLines(onPart: (start: number, end: number) => void): () => void {
  const list = document.querySelector<HTMLElement>("[data-transcript]");
  if (!list) return () => undefined;
  const boxes: HTMLInputElement[] = [];
  for (const line of list.querySelectorAll<HTMLElement>("[data-from]")) {
    const words = line.querySelector(".transcript__words")?.textContent?.trim() ?? "";
    const box = h("input", {
      type: "checkbox",
      "aria-label": t("pick_line", { words: words.slice(0, 120) }),
    });
    line.prepend(h("span", { class: "transcript__pick" }, box));
    boxes.push(box);
  }
  if (boxes.length === 0) return () => undefined;
  list.classList.add("transcript__lines--picking");
  const hint = document.querySelector<HTMLElement>("[data-lines-hint]");
  if (hint) hint.hidden = false;
  let last = -1;
  list.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target as HTMLInputElement);
    if (at < 0) return;
    // With Shift, all lines from the one that was pressed before.
    if (event.shiftKey && last >= 0) {
      const checked = boxes[at]?.checked ?? true;
      for (const box of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) box.checked = checked;
    }
    last = at;
    const lines = boxes
      .filter(({ checked }) => checked)
      .map((box) => box.closest<HTMLElement>("[data-from]"));
    if (lines.length === 0) return;
    const from = Math.min(...lines.map((line) => Number(line?.dataset.from)));
    const to = Math.max(...lines.map((line) => Number(line?.dataset.to)));
    onPart(from / 1000, Math.max(from, to) / 1000);
  });
  return () => {
    for (const box of boxes) box.checked = false;
  };
}
