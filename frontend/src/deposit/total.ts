/** How far all files of a deposit are: in words, as a bar, and said aloud now and then. */

import { t } from "../desk/messages";
import { announce } from "../lib/announce";
import { h } from "../lib/dom";
import { fileSize } from "../lib/size";
import type { Item } from "./item";

/** How often, in milliseconds, and after how many more percent, it is said aloud. */
const SAY = 10_000;
const STEP = 10;

export class Total {
  readonly #element: HTMLElement | null;
  readonly #again = h("button", { type: "button", class: "button button--small", hidden: true });
  #said = { at: 0, percent: 0 };

  /** `element` holds two spans and a bar; `retryAll` is asked of the button that is put below them. */
  constructor(element: HTMLElement | null, retryAll: () => void) {
    this.#element = element;
    this.#again.addEventListener("click", retryAll);
    element?.append(this.#again);
  }

  show(items: readonly Item[], finished: boolean): void {
    if (!this.#element) return;
    this.#element.hidden = items.length === 0;
    const whole = items.reduce((sum, { file }) => sum + file.size, 0);
    const sent = items.reduce((sum, item) => sum + item.sent, 0);
    const [label, detail] = this.#element.querySelectorAll("span");
    const kept = items.filter(({ state }) => state === "kept").length;
    if (label) label.textContent = t("kept_of", { n: items.length, kept });
    if (detail) detail.textContent = t("bytes_of", { done: fileSize(sent), whole: fileSize(whole) });
    const bar = this.#element.querySelector("progress");
    const percent = whole > 0 ? (sent / whole) * 100 : 0;
    if (bar) bar.value = percent;
    const failed = items.filter(({ state, again }) => state === "failed" && again).length;
    this.#again.hidden = failed === 0;
    this.#again.textContent = t("retry_failed", { n: failed });
    if (!finished) this.#say(percent, `${label?.textContent} · ${detail?.textContent}`);
  }

  /** Say how far all is to those who do not see it: not with every piece, and not every second. */
  #say(percent: number, words: string): void {
    if (percent < this.#said.percent) this.#said = { at: 0, percent };
    if (percent - this.#said.percent < STEP || Date.now() - this.#said.at < SAY) return;
    this.#said = { at: Date.now(), percent };
    announce(words);
  }
}
