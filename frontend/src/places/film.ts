/**
 * A film with the seconds of its notes. I and O set where a part begins and ends at the moment of the player, both can be
 * typed, and lines ticked in the words beside it give theirs; N begins a note on the part.
 */

import { announce } from "../lib/announce";
import { button, h, isTyping } from "../lib/dom";
import { icon } from "../lib/icons";
import { toast } from "../lib/toast";
import type { MediaLocus } from "../workbench/types";
import type { Ground, GroundEvents, Lies, PlacesBootstrap } from "./ground";
import { t } from "./messages";
import { type Player, playerOf } from "./player";
import { answering } from "./providers";
import { Strip } from "./strip";
import { secondsOf, written, writtenPart } from "./times";
import { pickLines } from "./transcript-lines";

type Edge = "start" | "end";

export class FilmGround implements Ground {
  readonly #data: PlacesBootstrap;
  readonly #events: GroundEvents;
  readonly #player: Player;
  readonly #ground: HTMLElement;
  readonly #strip: Strip;
  readonly #inputs: Readonly<Record<Edge, HTMLInputElement>>;
  readonly #wrong = h("p", { class: "field__error", role: "alert", hidden: true });
  #part: Record<Edge, number | null> = { start: null, end: null };
  #all: readonly Lies[] = [];
  #isWriting = false;
  #untick: () => void = () => undefined;

  constructor(ground: HTMLElement, data: PlacesBootstrap, events: GroundEvents) {
    this.#data = data;
    this.#events = events;
    this.#ground = ground;
    const figure = ground.querySelector<HTMLElement>("[data-embed]");
    if (figure) figure.dataset.embed = answering(figure.dataset.embed ?? "", location.origin);
    this.#player = playerOf(ground);
    this.#strip = new Strip((id, at, byKey) => events.onPick([id], at, byKey));
    this.#inputs = { start: this.#input("start"), end: this.#input("end") };
    ground.querySelector("[data-film-tools]")?.replaceChildren(this.#strip.element, ...this.#tools());
    this.#untick = pickLines((start, end) => this.#set({ start, end }));
    this.#player.onTime(() => this.#mark());
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  show(all: readonly Lies[]): void {
    this.#all = all;
    this.#strip.show(all, this.#length);
    this.#mark();
  }

  choose(id: string | null): void {
    this.#strip.choose(id);
  }

  reveal({ id }: Lies): void {
    const box = this.#strip.boxOf(id);
    if (box.top < 0 || box.bottom > innerHeight) this.#ground.scrollIntoView({ block: "nearest" });
  }

  inView(): boolean {
    return true;
  }

  boxOf({ id }: Lies): DOMRect {
    return this.#strip.boxOf(id);
  }

  writing(locus: MediaLocus | null): void {
    this.#isWriting = locus !== null;
    if (locus?.kind === "time") this.#part = { start: locus.start, end: locus.end };
    else this.#part = { start: null, end: null };
    if (!locus) this.#untick();
    this.#fill();
  }

  play({ start, end }: { readonly start: number; readonly end: number }): void {
    if (!this.#player.plays) {
      toast(t("no_player"));
      return;
    }
    this.#player.play(start, end);
    announce(t("playing", { part: writtenPart({ start, end }) }));
    this.#ground.scrollIntoView({ block: "nearest" });
  }

  focus(): void {
    this.#inputs.start.focus({ preventScroll: true });
  }

  get #length(): number {
    return this.#player.length ?? this.#data.duration ?? 0;
  }

  #tools(): HTMLElement[] {
    const { plays, tells } = this.#player;
    const write = this.#data.actions.includes("annotate");
    const field = (edge: Edge, label: string, key: string, now: string): HTMLElement => {
      const set = button(key, "button button--small", () => this.#setNow(edge));
      set.setAttribute("aria-label", now);
      set.setAttribute("aria-keyshortcuts", key);
      set.title = now;
      const caption = h("span", { class: "field__label" }, label);
      return h(
        "div",
        { class: "film-tools__edge" },
        h("label", { class: "field" }, caption, this.#inputs[edge]),
        tells && set,
      );
    };
    const play = this.#button("play", t("play_part"), "play-part", () => this.#playPart());
    const note = this.#button("note", t("note_part"), "note-part", () => this.#begin());
    note.classList.add("button--primary");
    note.setAttribute("aria-keyshortcuts", "N");
    const edges = h(
      "div",
      { class: "film-tools" },
      field("start", t("from"), "I", t("set_start")),
      field("end", t("to"), "O", t("set_end")),
      h("div", { class: "actions" }, plays && play, write && note),
    );
    return write || plays ? [edges, this.#wrong] : [];
  }

  #input(edge: Edge): HTMLInputElement {
    const input = h("input", {
      class: "input",
      dir: "ltr",
      autocomplete: "off",
      size: 9,
      name: edge,
      placeholder: "0:00",
    });
    input.addEventListener("change", () => this.#typed(edge, input.value));
    return input;
  }

  #button(name: string, label: string, action: string, onClick: () => void): HTMLButtonElement {
    const made = button(label, "button button--small", onClick);
    made.prepend(icon(name));
    made.dataset.action = action;
    return made;
  }

  #typed(edge: Edge, value: string): void {
    const seconds = value.trim() ? secondsOf(value) : null;
    if (value.trim() && seconds === null) {
      this.#tell(t("bad_time"), edge);
      return;
    }
    this.#set({ [edge]: seconds });
  }

  #setNow(edge: Edge): void {
    const { now } = this.#player;
    if (now === null) {
      toast(t("no_seconds"));
      return;
    }
    const seconds = Math.round(now * 10) / 10;
    this.#set({ [edge]: seconds });
    announce(t(edge === "start" ? "start_set" : "end_set", { time: written(seconds) }));
  }

  /** Change the part. One edge set past the other takes it along, so that the part is never the wrong way round. */
  #set(change: Partial<Record<Edge, number | null>>): void {
    const part = { ...this.#part, ...change };
    if (part.start !== null && part.end !== null && part.end < part.start) {
      if ("start" in change) part.end = null;
      else part.start = null;
    }
    this.#part = part;
    this.#fill();
    const whole = this.#whole();
    if (this.#isWriting && whole) this.#events.onEdit({ kind: "time", video: this.#data.item, ...whole });
  }

  /** Return the part; a single edge is a moment. */
  #whole(): { start: number; end: number } | null {
    const start = this.#part.start ?? this.#part.end;
    const end = this.#part.end ?? this.#part.start;
    return start === null || end === null ? null : { start, end };
  }

  #fill(): void {
    for (const edge of ["start", "end"] as const) {
      const seconds = this.#part[edge];
      this.#inputs[edge].value = seconds === null ? "" : written(seconds);
      this.#inputs[edge].removeAttribute("aria-invalid");
    }
    this.#wrong.hidden = true;
    this.#mark();
  }

  #tell(words: string, edge: Edge): void {
    this.#wrong.textContent = words;
    this.#wrong.hidden = false;
    this.#inputs[edge].setAttribute("aria-invalid", "true");
  }

  #mark(): void {
    const known = this.#length;
    if (known !== this.#shown) {
      this.#shown = known;
      this.#strip.show(this.#all, known);
    }
    this.#strip.mark(this.#whole(), this.#player.now);
  }

  #shown = 0;

  #playPart(): void {
    const part = this.#whole();
    if (part) this.play(part);
    else this.#tell(t("no_part"), "start");
  }

  #begin(): void {
    const now = this.#player.now;
    const part =
      this.#whole() ??
      (now === null ? null : { start: Math.round(now * 10) / 10, end: Math.round(now * 10) / 10 });
    if (!part) {
      this.#tell(t("no_part"), "start");
      return;
    }
    this.#events.onPlace({ kind: "time", video: this.#data.item, ...part });
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
      return;
    if (document.documentElement.dataset.shortcuts === "off") return;
    const write = this.#data.actions.includes("annotate");
    if (event.code === "KeyI" && this.#player.tells) this.#setNow("start");
    else if (event.code === "KeyO" && this.#player.tells) this.#setNow("end");
    else if (event.code === "KeyN" && write && !this.#isWriting) this.#begin();
    else return;
    event.preventDefault();
  }
}
