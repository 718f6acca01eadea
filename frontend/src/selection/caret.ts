/** The keyboard mode: an own caret in a text that nobody can type in. */

import { announce } from "../lib/announce";
import { h, isTyping } from "../lib/dom";
import { wordAt } from "../text/words";
import type { ArticleText } from "../textlayer/article";
import { caretAt } from "../textlayer/hit";
import { t } from "./messages";
import * as motion from "./motion";
import { type Passage, snapped } from "./passage";
import type { Selector } from "./selector";

/** Room kept free above and below the caret. */
const CLEAR = 96;

export class CaretMode {
  readonly #text: ArticleText;
  readonly #selector: Selector;
  readonly #onEnter: () => void;
  readonly #element = h("div", { class: "caret", "aria-hidden": "true", hidden: true });
  #caret: motion.Caret;
  #anchor: number | null = null;
  /** The column that up and down keep to. */
  #goal: number | null = null;
  #on = false;

  /** `onEnter` opens the tools for the selector's passage. */
  constructor(text: ArticleText, selector: Selector, onEnter: () => void) {
    this.#text = text;
    this.#selector = selector;
    this.#onEnter = onEnter;
    this.#caret = { offset: text.start, side: "before" };
    document.body.append(this.#element);
    text.element.addEventListener("keydown", (event) => this.#key(event));
    text.element.addEventListener("click", (event) => this.#place(event.clientX, event.clientY));
    text.element.addEventListener("focus", () => this.#show());
    addEventListener("resize", () => this.#show());
  }

  get isOn(): boolean {
    return this.#on;
  }

  /** The code point that the caret stands at. */
  get offset(): number {
    return this.#caret.offset;
  }

  toggle(on = !this.#on, from?: number): void {
    this.#on = on;
    const article = this.#text.element;
    this.#element.hidden = !on;
    this.#selector.held = on;
    if (!on) {
      for (const name of ["tabindex", "role", "aria-label"]) article.removeAttribute(name);
      announce(t("caret_off"));
      return;
    }
    article.tabIndex = 0;
    article.setAttribute("role", "application");
    article.setAttribute("aria-label", t("caret_label"));
    if (from !== undefined) this.#caret = { offset: from, side: "before" };
    article.focus({ preventScroll: true });
    this.#show(true);
    announce(t("caret_on"));
  }

  /** Go on from what is selected, however it was; let go of it when nothing is. */
  follow(passage: Passage | null): void {
    this.#anchor = passage?.start ?? null;
    if (!passage) return;
    this.#goal = null;
    this.#caret = { offset: passage.end, side: "after" };
    this.#show();
  }

  #key(event: KeyboardEvent): void {
    if (!this.#on || isTyping(event.target) || event.metaKey || event.altKey) return;
    if (event.key === "Enter") this.#enter();
    else if (event.key === "Escape") this.#escape();
    else {
      const next = this.#next(event);
      if (!next) return;
      this.#go(next, event.shiftKey);
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #next(event: KeyboardEvent): motion.Caret | null {
    const { key, ctrlKey, shiftKey } = event;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      this.#goal = null;
      const way = key === "ArrowLeft" ? "left" : "right";
      if (!ctrlKey) return motion.sideways(this.#text, this.#caret, way);
      const base = motion.lineOf(this.#text, this.#caret)?.base ?? "rtl";
      return motion.byWord(this.#text, this.#caret, (way === "left") === (base === "rtl"), shiftKey);
    }
    if (key === "ArrowUp" || key === "ArrowDown") {
      this.#goal ??= motion.boxOf(this.#text, this.#caret)?.left ?? 0;
      return motion.vertically(this.#text, this.#caret, key === "ArrowDown", this.#goal);
    }
    if (key !== "Home" && key !== "End") return null;
    this.#goal = null;
    if (!ctrlKey) return motion.lineEdge(this.#text, this.#caret, key === "End");
    return key === "End"
      ? { offset: this.#text.end, side: "after" }
      : { offset: this.#text.start, side: "before" };
  }

  #go(next: motion.Caret, growing: boolean): void {
    const from = this.#caret.offset;
    this.#caret = next;
    if (growing) this.#anchor ??= from;
    else this.#anchor = null;
    if (this.#anchor === null) this.#selector.clear();
    else this.#selector.mark(this.#anchor, next.offset);
    this.#show(true);
    this.#say(from);
  }

  /** Take what is marked as the selection, if anything is. */
  choose(): void {
    if (!this.#on || this.#anchor === null) return;
    const raw = this.#raw();
    const passage = raw && snapped(this.#text, raw, this.#selector.unit);
    if (passage) this.#selector.select(passage, "keyboard");
  }

  #enter(): void {
    const raw = this.#raw();
    const passage = raw && snapped(this.#text, raw, this.#selector.unit);
    if (!passage) return;
    this.#selector.select(passage, "keyboard");
    this.#onEnter();
  }

  /** What is selected, or the word at the caret. */
  #raw(): { start: number; end: number } | null {
    const { offset } = this.#caret;
    if (this.#anchor !== null && this.#anchor !== offset) {
      return { start: Math.min(this.#anchor, offset), end: Math.max(this.#anchor, offset) };
    }
    const word = wordAt(this.#text.text, offset - this.#text.start);
    return word && { start: word[0] + this.#text.start, end: word[1] + this.#text.start };
  }

  #escape(): void {
    if (this.#anchor === null) {
      this.toggle(false);
      return;
    }
    this.#anchor = null;
    this.#selector.clear();
  }

  #place(x: number, y: number): void {
    const offset = this.#on ? caretAt(this.#text, x, y) : null;
    if (offset === null) return;
    this.#anchor = null;
    this.#goal = null;
    this.#caret = { offset, side: "before" };
    this.#show();
  }

  /** Draw the caret; the page goes along with its own steps only, never with a press of the mouse. */
  #show(along = false): void {
    const box = this.#on ? motion.boxOf(this.#text, this.#caret) : null;
    this.#element.hidden = !box;
    if (!box) return;
    this.#element.style.left = `${box.left + scrollX - 1}px`;
    this.#element.style.top = `${box.top + scrollY}px`;
    this.#element.style.height = `${box.height}px`;
    if (!along) return;
    if (box.top < CLEAR) scrollBy({ top: box.top - CLEAR });
    else if (box.bottom > innerHeight - CLEAR) scrollBy({ top: box.bottom - innerHeight + CLEAR });
  }

  /** Say the word that was reached, or what is selected. */
  #say(from: number): void {
    const { start, end } = this.#text;
    const { offset } = this.#caret;
    if (this.#anchor !== null) {
      const [first, last] = [Math.min(this.#anchor, offset), Math.max(this.#anchor, offset)];
      announce(t("selected", { words: this.#text.words(first, last) }));
    } else if (offset === from) announce(t(offset >= end ? "end_of_text" : "start_of_text"));
    else {
      const word = wordAt(this.#text.text, offset - start);
      if (word) announce(this.#text.words(word[0] + start, word[1] + start));
    }
  }
}
