/** Plays the part of a film that a note is on; loaded when somebody asks for one. */

import { calm } from "../lib/dom";
import { FramePlayer, OwnPlayer, type Player } from "../places/player";
import { figureOf } from "./film";

const players = new WeakMap<HTMLElement, Player>();

/** Play what `<a data-play="65-80">` names, in the figure of its film. */
export function playPart(part: HTMLElement): void {
  const figure = figureOf(part);
  const [start = 0, end = 0] = (part.dataset.play ?? "").split("-").map(Number);
  if (!figure) return;
  part.closest<HTMLElement>("[popover]")?.hidePopover?.();
  playerOf(figure)?.play(start, end);
  figure.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

function playerOf(figure: HTMLElement): Player | null {
  const known = players.get(figure);
  if (known) return known;
  const player = figure.dataset.embed ? new FramePlayer(figure) : own(figure);
  if (player) players.set(figure, player);
  return player;
}

/** The archive's own copy stands in the figure once its button was pressed. */
function own(figure: HTMLElement): Player | null {
  if (!figure.querySelector("video"))
    figure.querySelector<HTMLButtonElement>("button.video-card__play")?.click();
  const film = figure.querySelector("video");
  return film ? new OwnPlayer(film) : null;
}
