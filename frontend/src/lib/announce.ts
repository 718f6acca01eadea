/** One polite live region for all that is seen and must also be heard. */

import { h } from "./dom";

let region: HTMLElement | undefined;

/** Have `message` read out; the same words twice are read twice. */
export function announce(message: string): void {
  if (!region?.isConnected) {
    region = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite", id: "announcer" });
    document.body.append(region);
  }
  region.replaceChildren(
    document.createTextNode(region.textContent === message ? `${message}\u200b` : message),
  );
}
