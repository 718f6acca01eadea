/** The films of a text: which figure plays the part that a link names. */

/**
 * Return the figure that can play a part: that of `<a data-play="65-80">` within it, else the one that `data-film` names.
 * None where the film is not on this page, or nothing plays it: the link then leads to its own page.
 */
export function figureOf(part: HTMLElement): HTMLElement | null {
  const inside = part.closest<HTMLElement>("figure[data-video]");
  const key = part.dataset.film ?? "";
  const figure = inside ?? document.querySelector<HTMLElement>(`figure[data-video="${CSS.escape(key)}"]`);
  return figure?.matches("[data-embed], [data-capture]") ? figure : null;
}
