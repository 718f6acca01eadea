/**
 * Linked videos: `<figure data-embed="https://…"><button class="video-card__play" hidden>`. Nothing is asked of the
 * provider before the click.
 */

import { h } from "../lib/dom";

export function offerVideos(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("[data-embed]")) {
    const play = figure.querySelector<HTMLButtonElement>("button.video-card__play");
    if (!play) continue;
    play.hidden = false;
    play.addEventListener("click", () => {
      const title = figure.querySelector("figcaption")?.textContent?.trim() ?? "";
      const frame = h("iframe", {
        class: "video-card__frame",
        src: figure.dataset.embed,
        title,
        allow: "fullscreen; picture-in-picture",
        referrerpolicy: "strict-origin-when-cross-origin",
        sandbox: "allow-scripts allow-same-origin allow-presentation allow-popups",
      });
      play.replaceWith(frame);
      frame.focus();
    });
  }
}
