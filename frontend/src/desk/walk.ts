/**
 * A list that is gone through with keys: J and K go from `[data-step]` to `[data-step]`, and while one of them has the
 * focus, Enter presses its first `[data-on~="enter"]`, and a letter its `[data-on~="letter"]`: a button, a link, or a
 * `<details>`, which opens on its first field.
 *
 *     <div data-walk><article data-step tabindex="-1" id="note-7"> <button data-on="enter">…
 */

import { isTyping } from "../lib/dom";

export function startWalks(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-walk]")) start(list);
}

function start(list: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.shortcuts === "off" || document.querySelector("dialog[open]"))
      return;
    if (event.code === "KeyJ") go(list, 1);
    else if (event.code === "KeyK") go(list, -1);
    else if (!press(event)) return;
    event.preventDefault();
  });
  // The page that follows an answer names the next one in its address.
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && list.contains(named)) named.focus();
}

/** The step that holds the focus, if only in one of its fields. */
const current = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>("[data-walk] [data-step]") ?? null;

function go(list: HTMLElement, by: 1 | -1): void {
  const steps = [...list.querySelectorAll<HTMLElement>("[data-step]")];
  const at = current();
  const next = at ? steps[steps.indexOf(at) + by] : steps.at(by > 0 ? 0 : -1);
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

/** Press what this key stands for; Enter on a button or a link inside is that one's own. */
function press(event: KeyboardEvent): boolean {
  const step = current();
  const isEnter = event.key === "Enter";
  if (!step || event.repeat || (isEnter && event.target !== step)) return false;
  const key = isEnter ? "enter" : (/^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key);
  const target = step.querySelector<HTMLElement>(`[data-on~="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
  } else target.click();
  return true;
}
