/** The links to the other language keep the place in the page: a note's or a passage's address. */
export function keepPlaceAcrossLanguages(): void {
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element && event.target.closest<HTMLAnchorElement>("header a[hreflang]");
    if (link && location.hash) link.hash = location.hash;
  });
}
