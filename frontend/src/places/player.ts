/**
 * What plays a film: the archive's own copy; a provider's player, of which some tell their seconds and some do not; or
 * nothing, and the times are typed.
 */

import { messagesTo, readMessage, tellPlayer } from "./providers";

export interface Player {
  /** Where the film is now; null when the player does not say. */
  readonly now: number | null;
  /** Seconds of the whole; null while unknown. */
  readonly length: number | null;
  /** Whether a part can be played. */
  readonly plays: boolean;
  /** Whether it ever says where the film is. */
  readonly tells: boolean;
  play(start: number, end: number): void;
  /** Call back whenever the film is elsewhere, or its length is known. */
  onTime(call: () => void): void;
}

export function playerOf(ground: HTMLElement): Player {
  const film = ground.querySelector<HTMLMediaElement>("[data-film] :is(video, audio)");
  if (film) return new OwnPlayer(film);
  const figure = ground.querySelector<HTMLElement>("[data-embed]");
  return figure ? new FramePlayer(figure) : new NoPlayer();
}

export class OwnPlayer implements Player {
  readonly plays = true;
  readonly tells = true;
  readonly #film: HTMLMediaElement;
  /** Where the part that is played ends. */
  #until: number | null = null;

  constructor(film: HTMLMediaElement) {
    this.#film = film;
    film.addEventListener("timeupdate", () => {
      if (this.#until === null || film.currentTime < this.#until) return;
      this.#until = null;
      film.pause();
    });
    film.addEventListener("pause", () => {
      this.#until = null;
    });
  }

  get now(): number {
    return this.#film.currentTime;
  }

  get length(): number | null {
    return Number.isFinite(this.#film.duration) ? this.#film.duration : null;
  }

  play(start: number, end: number): void {
    this.#film.currentTime = start;
    // Of a moment, the second that follows it.
    this.#until = Math.max(end, start + 1);
    const until = this.#until;
    void this.#film
      .play()
      .then(() => {
        this.#until = until;
      })
      // Where playing may not begin by itself, the film stands at the beginning of the part.
      .catch(() => undefined);
  }

  onTime(call: () => void): void {
    for (const kind of ["timeupdate", "seeked", "durationchange"]) this.#film.addEventListener(kind, call);
  }
}

/** A provider's player in a frame; nothing is asked of the provider before somebody plays. */
export class FramePlayer implements Player {
  readonly plays = true;
  readonly tells: boolean;
  now: number | null = null;
  length: number | null = null;
  readonly #figure: HTMLElement;
  #until: number | null = null;
  #call: () => void = () => undefined;

  constructor(figure: HTMLElement) {
    this.#figure = figure;
    this.tells = messagesTo(new URL(figure.dataset.embed ?? "", document.baseURI).origin).length > 0;
    addEventListener("message", (event) => this.#hear(event));
    // The page's own button makes the frame; from then on we ask for its seconds.
    new MutationObserver(() => this.#ask()).observe(figure, { childList: true });
  }

  play(start: number, end: number): void {
    this.#until = Math.max(end, start + 1);
    const frame = this.#frame;
    if (frame && this.now !== null) tellPlayer(frame, start);
    else this.#open(start);
  }

  onTime(call: () => void): void {
    this.#call = call;
  }

  get #frame(): HTMLIFrameElement | null {
    return this.#figure.querySelector("iframe");
  }

  #open(start: number): void {
    const embed = new URL(this.#figure.dataset.embed ?? "");
    if (embed.host === "player.vimeo.com") embed.hash = `t=${Math.floor(start)}s`;
    else embed.searchParams.set("start", String(Math.floor(start)));
    this.#figure.dataset.embed = embed.href;
    const frame = this.#frame;
    if (frame) frame.src = embed.href;
    else this.#figure.querySelector<HTMLButtonElement>("button.video-card__play")?.click();
  }

  #ask(): void {
    const frame = this.#frame;
    if (!frame) return;
    frame.addEventListener("load", () => tellPlayer(frame));
  }

  #hear(event: MessageEvent): void {
    const frame = this.#frame;
    if (!frame || event.source !== frame.contentWindow) return;
    const heard = readMessage(event.origin, event.data);
    if (heard === "ready") {
      tellPlayer(frame);
      return;
    }
    if (!heard) return;
    this.now = heard.now ?? this.now;
    this.length = heard.length ?? this.length;
    if (this.#until !== null && this.now !== null && this.now >= this.#until) {
      this.#until = null;
      tellPlayer(frame, "pause");
    }
    this.#call();
  }
}

class NoPlayer implements Player {
  readonly now = null;
  readonly length = null;
  readonly plays = false;
  readonly tells = false;

  play(): void {
    // There is nothing to play.
  }

  onTime(): void {
    // No time goes by.
  }
}
