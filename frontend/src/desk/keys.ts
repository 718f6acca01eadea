/**
 * `data-key="a"` on a button or link: the key presses it, as the desk of a reviewer needs; never while typing. Into a field
 * with `data-key` the key leads, and Escape out of it again.
 */

import { isTyping } from "../lib/dom";

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (leaves(event)) return;
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

/** Leave the field that a key leads into, so that the other keys press again; not while letters are being composed. */
function leaves(event: KeyboardEvent): boolean {
  const field = event.target;
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return false;
  if (!(field instanceof HTMLElement) || !field.matches("[data-key]") || !isTyping(field)) return false;
  field.blur();
  return true;
}
