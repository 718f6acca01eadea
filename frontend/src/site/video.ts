/**
 * Linked videos: `<figure data-embed="https://…"><button class="video-card__play" hidden>`. Nothing is asked of the
 * provider before the click. With `data-capture`, the archive's own copy is played in the provider's place.
 */

import { h } from "../lib/dom";

export function offerVideos(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("[data-embed], [data-capture]")) {
    const play = figure.querySelector<HTMLButtonElement>("button.video-card__play");
    if (!play) continue;
    play.hidden = false;
    play.addEventListener("click", () => {
      const player = figure.dataset.capture ? ownPlayer(figure) : provided(figure);
      play.replaceWith(player);
      player.focus();
    });
  }
}

function titleOf(figure: HTMLElement): string {
  return figure.getAttribute("aria-label") ?? figure.querySelector("figcaption")?.textContent?.trim() ?? "";
}

function provided(figure: HTMLElement): HTMLIFrameElement {
  return h("iframe", {
    class: "video-card__frame",
    src: figure.dataset.embed,
    title: titleOf(figure),
    allow: "fullscreen; picture-in-picture",
    referrerpolicy: "strict-origin-when-cross-origin",
    sandbox: "allow-scripts allow-same-origin allow-presentation allow-popups",
  });
}

function ownPlayer(figure: HTMLElement): HTMLVideoElement {
  const player = h("video", {
    class: "video-card__frame",
    src: figure.dataset.capture,
    controls: true,
    playsinline: true,
    "aria-label": titleOf(figure),
  });
  // Where playing may not begin by itself, its controls are there.
  void player.play().catch(() => undefined);
  return player;
}
