/**
 * `<button data-copy="id" hidden>`: copies what stands in the field with this id. Without a script the button is not
 * there; the field is selected by hand.
 */

import { toast } from "../lib/toast";
import { t } from "./messages";

export function startCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const field = document.getElementById(button.dataset.copy ?? "");
    if (!(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => void copy(field));
  }
}

/** Copy the field's words; selected as well, so that the keys can do it where the browser will not. */
async function copy(field: HTMLInputElement): Promise<void> {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    toast(t("copied"));
  } catch {
    toast(t("not_copied"));
  }
}
