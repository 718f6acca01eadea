/**
 * `<button data-copy-text="id" hidden>`: copies the words of the element with this id, or what its field holds. Without a
 * script the button is not there, and the words are selected by hand.
 */

import { toast } from "../lib/toast";
import { t } from "./messages";

export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy-text]")) {
    const source = document.getElementById(button.dataset.copyText ?? "");
    if (!source) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copy(source));
  }
}

async function copy(source: HTMLElement): Promise<void> {
  const words = source instanceof HTMLTextAreaElement ? source.value : (source.textContent ?? "");
  try {
    await navigator.clipboard.writeText(words.trim());
    toast(t("copied"));
  } catch {
    getSelection()?.selectAllChildren(source);
    toast(t("not_copied"));
  }
}
