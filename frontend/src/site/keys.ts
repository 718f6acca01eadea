/**
 * `/` goes to the search box and `?` shows what the keys do; never while typing, and not at all once somebody has
 * switched single keys off. `<button data-keys-help hidden>` shows them too, whatever was chosen.
 */

import { isTyping } from "../lib/dom";

export function startSiteKeys(): void {
  for (const opener of document.querySelectorAll<HTMLElement>("[data-keys-help]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => void showHelp());
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (document.documentElement.dataset.shortcuts === "off" || document.querySelector("dialog[open]"))
      return;
    const act = meaning(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Arabic keyboards have «ظ» where others have the slash, and their own question mark. */
function meaning(event: KeyboardEvent): (() => void) | null {
  const { key, code } = event;
  if (key === "?" || key === "؟") return () => void showHelp();
  if (key === "/" || (key === "ظ" && code === "Slash")) return goToSearch;
  return null;
}

/** The page's own box comes before the header's; where none is to be seen, the page that has one. */
function goToSearch(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("#main input[name=q], input[name=q]")];
  const box = boxes.filter((found) => found.checkVisibility()).sort(inMainFirst)[0];
  if (!box) {
    document.querySelector<HTMLAnchorElement>("[data-search-link]")?.click();
    return;
  }
  box.focus();
  box.select();
}

const inMainFirst = (one: Element, other: Element): number =>
  Number(Boolean(other.closest("#main"))) - Number(Boolean(one.closest("#main")));

async function showHelp(): Promise<void> {
  const { openKeysHelp } = await import("./keys-help");
  openKeysHelp();
}
