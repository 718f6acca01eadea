/** `[data-receipt]`: the receipt below was written when the page was; it is fetched as it stands now. */

/** How often at most, in milliseconds, while files are on their way. */
const EVERY = 10_000;

export class FreshReceipt {
  readonly #page: string;
  #fetched = 0;

  constructor(page: string) {
    this.#page = page;
  }

  /** Fetch it now and then, but not while somebody is at it: what they are about to press would go. */
  async nowAndThen(): Promise<void> {
    const here = document.querySelector("[data-receipt]");
    if (Date.now() - this.#fetched < EVERY || here?.contains(document.activeElement)) return;
    await this.fetch();
  }

  async fetch(): Promise<void> {
    this.#fetched = Date.now();
    const words = await fetch(this.#page, { headers: { Accept: "text/html" } }).then(
      (response) => response.text(),
      () => "",
    );
    const fresh = new DOMParser().parseFromString(words, "text/html").querySelector("[data-receipt]");
    if (fresh) document.querySelector("[data-receipt]")?.replaceWith(document.importNode(fresh, true));
  }
}
