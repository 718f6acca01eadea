/**
 * Pictures under a warning: `<input type="checkbox" data-veil="id">`. The boxes work without this; it remembers for
 * the session, in this browser alone, which pictures were asked for.
 */

const KEY = "hashiya:unveiled";

function remembered(): Set<string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : []);
  } catch {
    return new Set(); // Storage that is off or spoiled remembers nothing.
  }
}

function remember(shown: Set<string>): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...shown]));
  } catch {
    // The picture is shown all the same.
  }
}

function boxes(): NodeListOf<HTMLInputElement> {
  return document.querySelectorAll<HTMLInputElement>("input[data-veil]");
}

export function rememberVeils(): void {
  const shown = remembered();
  for (const box of boxes()) box.checked = shown.has(box.dataset.veil ?? "");
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.dataset.veil) return;
    if (box.checked) shown.add(box.dataset.veil);
    else shown.delete(box.dataset.veil);
    remember(shown);
    for (const other of boxes()) if (other.dataset.veil === box.dataset.veil) other.checked = box.checked;
  });
}
