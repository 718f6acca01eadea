/** On a phone the desks are a strip that is scrolled: it begins where the current one is. */
export function showCurrentDesk(root: ParentNode = document): void {
  const list = root.querySelector<HTMLElement>(".desk-nav__list");
  const current = list?.querySelector<HTMLElement>("[aria-current=page]");
  if (!list || !current || list.scrollWidth <= list.clientWidth) return;
  const [outer, inner] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
  list.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}
