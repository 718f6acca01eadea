/** A hash, shortened: its whole is told on hovering, and copied by one press. */

import { h } from "../lib/dom";
import { toast } from "../lib/toast";
import { t } from "./messages";

const SHOWN = 16;

export function hashButton(sha256: string): HTMLElement {
  const words = h("span", { class: "hash" }, `${sha256.slice(0, SHOWN)}…`);
  const whole = h("button", { type: "button", class: "hash-copy", title: sha256 }, "SHA-256 ", words);
  whole.addEventListener("click", () => void copy(sha256, words));
  return whole;
}

/** Where the browser does not let a page copy, the whole hash is selected for the keys. */
async function copy(sha256: string, words: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(sha256);
    toast(t("hash_copied"));
  } catch {
    words.textContent = sha256;
    getSelection()?.selectAllChildren(words);
    toast(t("not_copied"));
  }
}
