/**
 * Notes that are pinned to pictures and films: `<a data-pin="id">`, in the drawing over a picture or under a film, and
 * once more in the list below.
 */

/** Return what stands for a note, the drawing first. */
export function pinsOf(id: string): Element[] {
  return [...document.querySelectorAll(`[data-pin="${CSS.escape(id)}"]`)];
}

/** Return the note that a click or a key means. */
export function pinAt(target: EventTarget | null): { readonly id: string; readonly element: Element } | null {
  const element = target instanceof Element ? target.closest("[data-pin]") : null;
  const id = element?.getAttribute("data-pin");
  return element && id ? { id, element } : null;
}

/** Mark the pins of one note as chosen, or of none. */
export function choosePins(id: string | null): void {
  for (const pin of document.querySelectorAll("[data-pin][aria-current]"))
    pin.removeAttribute("aria-current");
  for (const pin of id === null ? [] : pinsOf(id)) pin.setAttribute("aria-current", "true");
}

/** Mark the pins of the note under the pointer, or of none. */
export function hoverPins(id: string | null): void {
  for (const pin of document.querySelectorAll(".pin--hover")) pin.classList.remove("pin--hover");
  for (const pin of id === null ? [] : pinsOf(id)) pin.classList.add("pin--hover");
}
