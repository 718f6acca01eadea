/**
 * Watches what is selected in the article, by mouse, touch or keyboard, and makes passages of it.
 *
 * A mouse selection is snapped in place when the button is let go. On touch the browser's own handles keep their
 * place (moving them would fight the finger); the passage is tinted instead.
 */

import { debounce } from "../lib/dom";
import type { ArticleText } from "../textlayer/article";
import { type Passage, snapped, type Unit } from "./passage";

export type How = "mouse" | "touch" | "keyboard";
export type OnPassage = (passage: Passage | null, how: How) => void;

/** How long a finger must rest before its selection counts. */
const REST = 250;

export class Selector {
  unit: Unit = "word";
  /** The keyboard mode moves the selection itself and tells when it is done; a mouse or a finger selects all the same. */
  held = false;
  readonly #text: ArticleText;
  readonly #tell: OnPassage;
  readonly #settleLater = debounce(REST, () => this.#settle());
  #how: How = "mouse";
  #pressed = false;
  #passage: Passage | null = null;

  constructor(text: ArticleText, tell: OnPassage) {
    this.#text = text;
    this.#tell = tell;
    document.addEventListener("selectionchange", () => this.#changed());
    document.addEventListener("pointerdown", (event) => {
      this.#how = event.pointerType === "mouse" ? "mouse" : "touch";
      this.#pressed = text.element.contains(event.target as Node);
    });
    for (const type of ["pointerup", "pointercancel"] as const) {
      document.addEventListener(type, () => this.#released());
    }
    // Before the keyboard mode, which keeps its keys to itself.
    document.addEventListener(
      "keydown",
      () => {
        if (!this.#pressed) this.#how = "keyboard";
      },
      true,
    );
  }

  get passage(): Passage | null {
    return this.#passage;
  }

  get #isHeld(): boolean {
    return this.held && this.#how === "keyboard";
  }

  /** Select a passage and tell of it. */
  select(passage: Passage, how: How = this.#how): void {
    this.#how = how;
    this.#passage = passage;
    if (how !== "touch") this.mark(passage.start, passage.end);
    this.#tell(passage, how);
  }

  clear(): void {
    this.#settleLater.cancel();
    const selection = getSelection();
    if (selection && this.#text.element.contains(selection.anchorNode)) selection.removeAllRanges();
    this.#lose();
  }

  /** Show a selection from `anchor` to `focus` without telling of it. */
  mark(anchor: number, focus: number): void {
    const range = this.#text.range(Math.min(anchor, focus), Math.max(anchor, focus));
    const ends = [range.startContainer, range.startOffset, range.endContainer, range.endOffset] as const;
    const [a, b, c, d] = anchor <= focus ? ends : ([ends[2], ends[3], ends[0], ends[1]] as const);
    getSelection()?.setBaseAndExtent(a, b, c, d);
  }

  #changed(): void {
    if (this.#isHeld || this.#pressed) return;
    if (this.#raw()) this.#settleLater();
    else if (!inToolbar()) this.#lose();
  }

  #released(): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    // The browser updates the selection after the event that ends it.
    if (this.#how === "mouse") setTimeout(() => this.#settle());
    else this.#settleLater();
  }

  #settle(): void {
    if (this.#isHeld || this.#pressed) return;
    const raw = this.#raw();
    const passage = raw && snapped(this.#text, raw, this.unit);
    if (!passage) this.#lose();
    else if (passage.start !== this.#passage?.start || passage.end !== this.#passage.end)
      this.select(passage);
  }

  #lose(): void {
    this.#settleLater.cancel();
    if (!this.#passage) return;
    this.#passage = null;
    this.#tell(null, this.#how);
  }

  #raw(): Passage | null {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.#text.element)) return null;
    const start = this.#text.offsetOf(range.startContainer, range.startOffset);
    const end = this.#text.offsetOf(range.endContainer, range.endOffset);
    return start < end ? { start, end } : null;
  }
}

function inToolbar(): boolean {
  return Boolean(document.activeElement?.closest(".toolbar"));
}
