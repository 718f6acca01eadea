const GAP = 12;

/** Focus an element where it can be seen; what is seen already stays where it is, and so does the page. */
export function focusInView(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
}

/** Bring a card into a scrolling panel; the page itself stays where it is. */
export function scrollPanel(panel: HTMLElement, card: HTMLElement | null): void {
  if (!card) return;
  const [outer, inner] = [panel.getBoundingClientRect(), card.getBoundingClientRect()];
  if (inner.top < outer.top) panel.scrollBy({ top: inner.top - outer.top - GAP });
  else if (inner.bottom > outer.bottom) panel.scrollBy({ top: inner.bottom - outer.bottom + GAP });
}
