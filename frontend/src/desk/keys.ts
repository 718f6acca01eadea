/** `data-key="a"` on a button or link: the key presses it, as the desk of a reviewer needs; never while typing. */

import { isTyping } from "../lib/dom";

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (document.documentElement.dataset.shortcuts === "off" || document.querySelector("dialog[open]"))
      return;
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key;
    const target = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
      (element) => element.dataset.key === letter && element.checkVisibility(),
    );
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, textarea, select")) target.focus();
    else target.click();
  });
}
