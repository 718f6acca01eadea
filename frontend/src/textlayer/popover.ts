/** The notes at a click: beside it on a wide screen, in a sheet from the bottom edge on a phone. */

import { translator } from "../i18n";
import ar from "../i18n/ar/popover.json";
import en from "../i18n/en/popover.json";
import { button, calm, h } from "../lib/dom";
import { t } from "./messages";
import { NARROW } from "./viewport";

const more = translator<keyof typeof en>({ ar, en });

/** The cards after so many, or none when there are no more. */
export type Rest = (shown: number) => Promise<readonly HTMLElement[]>;

const EDGE = 8;
/** Room above a sheet that the head of the page takes, and around the words that stay in sight. */
const HEAD = 72;
const LINE = 24;

export class NotesPopup {
  readonly #onClose: () => void;
  #element: HTMLElement | null = null;
  #opener: Element | null = null;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  get isOpen(): boolean {
    return this.#element !== null;
  }

  /**
   * Show `cards` under `title` at a place of the screen, and move the focus into them when a key asked for it.
   * `from` is where the page stood when the place was measured. Thousands of notes can lie on one word: `rest` brings
   * those that were not made yet, when they are asked for.
   */
  open(
    title: string,
    cards: readonly HTMLElement[],
    at: DOMRect,
    focus = false,
    from = scrollY,
    rest: Rest | null = null,
  ): void {
    this.close();
    this.#opener = document.activeElement;
    const narrow = matchMedia(NARROW).matches;
    const element = narrow ? sheet(title, cards, () => this.close()) : popover(title, cards);
    if (rest) element.append(restOf(cards.length, rest));
    this.#element = element;
    document.body.append(element);
    element.showPopover?.();
    // Cards may fill themselves a moment later, and the sheet is as tall as they are.
    if (narrow) requestAnimationFrame(() => uncover(element, at.top + from, at.bottom + from));
    else moveTo(element, at);
    element.addEventListener("toggle", (event) => {
      if ((event as ToggleEvent).newState === "closed") this.#closed(element);
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    if (focus) (element.querySelector<HTMLElement>("[tabindex], a, button") ?? element).focus();
  }

  close(): void {
    const element = this.#element;
    if (!element) return;
    const held = element.contains(document.activeElement);
    element.hidePopover?.();
    this.#closed(element);
    if (held && (this.#opener instanceof HTMLElement || this.#opener instanceof SVGElement))
      this.#opener.focus({ preventScroll: true });
  }

  #closed(element: HTMLElement): void {
    element.remove();
    if (this.#element !== element) return;
    this.#element = null;
    this.#onClose();
  }
}

/** Return a button that puts further cards before itself, and goes with the last of them. */
function restOf(shown: number, rest: Rest): HTMLElement {
  let count = shown;
  const asking = button(more("more"), "button button--small", () => {
    asking.disabled = true;
    void rest(count)
      .then((cards) => {
        asking.before(...cards);
        count += cards.length;
        cards[0]?.focus();
        if (cards.length === 0) asking.remove();
      })
      .finally(() => {
        asking.disabled = false;
      });
  });
  return asking;
}

function popover(title: string, cards: readonly HTMLElement[]): HTMLElement {
  return h(
    "div",
    { class: "popover notes-popover", popover: "auto", role: "dialog", "aria-label": title, tabindex: -1 },
    h("p", { class: "popover__title" }, title),
    ...cards,
  );
}

function sheet(title: string, cards: readonly HTMLElement[], close: () => void): HTMLElement {
  const heading = h("h2", { class: "sheet__title" }, title);
  return h(
    "div",
    { class: "sheet notes-sheet", popover: "auto", role: "dialog", "aria-label": title, tabindex: -1 },
    h(
      "div",
      { class: "sheet__head" },
      heading,
      button(t("close"), "button button--quiet button--small", close),
    ),
    ...cards,
  );
}

/** Scroll the words between two heights of the page into what a sheet leaves free, unless they stand there. */
function uncover(element: HTMLElement, top: number, bottom: number): void {
  const free = innerHeight - element.offsetHeight;
  if (top - LINE - scrollY >= HEAD && bottom + LINE - scrollY <= free) return;
  scrollTo({ top: (top + bottom - HEAD - free) / 2, behavior: calm() ? "auto" : "smooth" });
}

/** Stand below the place, or above it where there is more room, inside the screen. */
function moveTo(element: HTMLElement, at: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const below = at.bottom + EDGE * 2;
  const above = at.top - height - EDGE * 2;
  const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
  const left = at.left + at.width / 2 - width / 2;
  const viewport = document.documentElement.clientWidth;
  element.style.inset = "auto";
  element.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  element.style.left = `${Math.max(EDGE, Math.min(left, viewport - width - EDGE))}px`;
}
