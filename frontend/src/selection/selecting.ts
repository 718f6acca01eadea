/** Selecting as a whole: selector, toolbar and keyboard mode of one article, and what its actions do. */

import { announce } from "../lib/announce";
import { isTyping } from "../lib/dom";
import { toast } from "../lib/toast";
import { quote } from "../text/quote";
import type { TextLayer } from "../textlayer/layer";
import { CaretMode } from "./caret";
import { give, isAsked } from "./elsewhere";
import { t } from "./messages";
import { nudged, type Passage } from "./passage";
import { copyLink, copyQuotation, passingOn, share } from "./passing-on";
import { type How, Selector } from "./selector";
import { type ActionName, Toolbar } from "./toolbar";

const KEYS: Readonly<Record<string, ActionName>> = {
  KeyN: "note",
  KeyT: "tag",
  KeyL: "link",
  KeyP: "pickup",
};

export class Selecting {
  readonly caret: CaretMode;
  readonly #layer: TextLayer;
  readonly #selector: Selector;
  readonly #toolbar: Toolbar;
  readonly #onAction: (action: ActionName, passage: Passage) => void;
  #actions: readonly ActionName[];

  /** `onAction` gets every action but "offer" and those that pass a passage on, which are done here. */
  constructor(
    layer: TextLayer,
    actions: readonly ActionName[],
    onAction: (action: ActionName, passage: Passage) => void = () => {},
  ) {
    this.#layer = layer;
    this.#actions = actions;
    this.#onAction = onAction;
    this.#selector = new Selector(layer.text, (passage, how) => this.#selected(passage, how));
    this.#toolbar = new Toolbar(layer.text.element.dir || "rtl", {
      onAction: (action) => this.#act(action),
      onNudge: (edge, forward) => {
        const { passage, unit } = this.#selector;
        if (passage) this.#selector.select(nudged(layer.text, passage, edge, forward, unit));
      },
      onUnit: (unit) => {
        this.#selector.unit = unit;
      },
      onClose: () => this.close(),
    });
    this.caret = new CaretMode(layer.text, this.#selector, () => this.#toolbar.focus());
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  get passage(): Passage | null {
    return this.#selector.passage;
  }

  /** Offer other actions from now on. */
  set actions(actions: readonly ActionName[]) {
    this.#actions = actions;
    if (this.passage) this.#selected(this.passage, "mouse");
  }

  /** Let go of the selection and close the bar. */
  close(): void {
    const keyboard = this.caret.isOn;
    this.#selector.clear();
    this.#toolbar.hide();
    this.#layer.point("pending");
    if (keyboard) this.#layer.text.element.focus({ preventScroll: true });
  }

  #selected(passage: Passage | null, how: How): void {
    if (this.caret.isOn) this.caret.follow(passage);
    if (!passage) {
      this.#toolbar.hide();
      this.#layer.point("pending");
      return;
    }
    const boxes = this.#layer.text.range(passage.start, passage.end).getClientRects();
    this.#toolbar.show(this.#offered(), [...boxes], how === "touch");
    if (how === "touch") this.#layer.point("pending", passage);
    if (how !== "mouse")
      announce(t("selected", { words: this.#layer.text.words(passage.start, passage.end) }));
  }

  #act(action: ActionName): void {
    const { passage } = this;
    if (!passage) return;
    if (action === "copy") void copyLink(this.#layer.text, passage);
    else if (action === "quote") void copyQuotation(this.#layer.text, passage);
    else if (action === "share") void share(this.#layer.text, passage);
    else if (action === "offer") void this.#offer(passage);
    else {
      this.close();
      this.#onAction(action, passage);
    }
  }

  /** A note that waits in another window comes first: the person came for it. */
  #offered(): readonly ActionName[] {
    const { textId } = this.#layer.text.element.dataset;
    const actions = this.#actions.flatMap((action) => (action === "copy" ? passingOn() : action));
    return textId && isAsked(textId) ? ["offer", ...actions] : actions;
  }

  async #offer({ start, end }: Passage): Promise<void> {
    const { text } = this.#layer;
    const { textId = "", revision } = text.element.dataset;
    const words = quote(text.text, start - text.start, end - text.start);
    this.close();
    const heard = await give(
      { text: textId, revision: Number(revision), start, end, ...words },
      words.exact.slice(0, 80),
    );
    toast(t(heard ? "offered" : "not_offered"));
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "Escape") this.#escape();
    if (document.documentElement.dataset.shortcuts === "off") return;
    const action = KEYS[event.code];
    // What the keyboard has marked counts as selected, without a further key.
    if (action) this.caret.choose();
    if (event.code === "KeyC" && !event.shiftKey) this.caret.toggle(undefined, this.#firstOnScreen());
    else if (!action || !this.passage || !this.#actions.includes(action)) return;
    else this.#act(action);
    event.preventDefault();
  }

  /** From anywhere on the page: first the tools go, then the keyboard mode. */
  #escape(): void {
    if (this.#toolbar.isOpen) this.close();
    else if (this.caret.isOn) this.caret.toggle(false);
  }

  #firstOnScreen(): number {
    const { text, view } = this.#layer;
    const block = text.blocks.find(
      ({ start, element }) => start >= view[0] && element.getBoundingClientRect().top > 0,
    );
    return block?.start ?? text.start;
  }
}
