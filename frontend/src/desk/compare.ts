/**
 * `<textarea data-compare="id">`: while a wording is typed, what it would change is shown in the element of that id.
 * The server compares; without this script a button of the form asks for the same.
 */

import { debounce, trusted } from "../lib/dom";

export function startComparing(): void {
  for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-compare]"))
    compare(field);
}

function compare(field: HTMLTextAreaElement): void {
  const shown = document.getElementById(field.dataset.compare ?? "");
  const { form } = field;
  if (!shown || !form) return;
  form.querySelector("button[value=compare]")?.remove();
  let asked = 0;
  const ask = debounce(400, async () => {
    const number = ++asked;
    const body = new FormData(form);
    body.append("part", "1");
    const response = await fetch(location.href, { method: "POST", body }).catch(() => null);
    // A later answer has been asked for, none came, or another page did (to sign in again): what stands there stays.
    if (!response?.ok || response.redirected || number !== asked) return;
    shown.replaceChildren(trusted(await response.text()));
    shown.hidden = !shown.textContent?.trim();
  });
  field.addEventListener("input", ask);
}
