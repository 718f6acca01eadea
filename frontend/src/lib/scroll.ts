const GAP = 12;

/** Bring a card into a scrolling panel; the page itself stays where it is. */
export function scrollPanel(panel: HTMLElement, card: HTMLElement | null): void {
  if (!card) return;
  const [outer, inner] = [panel.getBoundingClientRect(), card.getBoundingClientRect()];
  if (inner.top < outer.top) panel.scrollBy({ top: inner.top - outer.top - GAP });
  else if (inner.bottom > outer.bottom) panel.scrollBy({ top: inner.bottom - outer.bottom + GAP });
}
