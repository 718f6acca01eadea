/** `[data-receipt]`: the receipt below was written when the page was; it is fetched as it stands now. */

import { spaced } from "../lib/dom";

/** How often at most, in milliseconds, while files are on their way. */
const EVERY = 10_000;

export class FreshReceipt {
  readonly #page: string;
  /** Fetch it now and then, but not while somebody is at it: what they are about to press would go. */
  readonly nowAndThen = spaced(EVERY, () => {
    if (!document.querySelector("[data-receipt]")?.contains(document.activeElement)) void this.fetch();
  });

  constructor(page: string) {
    this.#page = page;
  }

  async fetch(): Promise<void> {
    const words = await fetch(this.#page, { headers: { Accept: "text/html" } }).then(
      (response) => response.text(),
      () => "",
    );
    const fresh = new DOMParser().parseFromString(words, "text/html").querySelector("[data-receipt]");
    if (fresh) document.querySelector("[data-receipt]")?.replaceWith(document.importNode(fresh, true));
  }
}
