/** The small bar of a selection: below it, or at the bottom edge for a finger. */

import { h } from "../lib/dom";
import { icon } from "../lib/icons";
import { t } from "./messages";
import type { Edge, Unit } from "./passage";

export type ActionName =
  | "note"
  | "tag"
  | "link"
  | "pickup"
  | "others"
  | "copy"
  | "quote"
  | "share"
  | "readings"
  | "pick"
  | "offer"
  | "put";

export interface ToolbarEvents {
  onAction(action: ActionName): void;
  onNudge(edge: Edge, forward: boolean): void;
  onUnit(unit: Unit): void;
  onClose(): void;
}

const ICONS: Readonly<Record<ActionName, string>> = {
  note: "note",
  tag: "tag",
  link: "link",
  others: "search",
  copy: "copy",
  quote: "quote",
  share: "share",
  readings: "compare",
  pick: "check",
  offer: "link",
  pickup: "basket",
  put: "pin",
};
/** Told by their signs alone, since the bar has no room for more words. */
const SIGNS: ReadonlySet<ActionName> = new Set(["copy", "quote", "share", "others"]);
const GAP = 10;

export class Toolbar {
  readonly element: HTMLElement;
  readonly #events: ToolbarEvents;
  readonly #actions: HTMLElement;
  readonly #letters: HTMLButtonElement;

  /** `direction` is the text's: the arrows move edges along its lines. */
  constructor(direction: string, events: ToolbarEvents) {
    this.#events = events;
    this.#actions = h("span", { class: "toolbar__group" });
    this.#letters = this.#button("letters", "text", () => {
      const letters = this.#letters.getAttribute("aria-pressed") !== "true";
      this.#letters.setAttribute("aria-pressed", String(letters));
      events.onUnit(letters ? "letter" : "word");
    });
    this.#letters.setAttribute("aria-pressed", "false");
    const nudges = h(
      "span",
      { class: "toolbar__group toolbar__nudges", dir: direction },
      this.#nudge("start", false),
      this.#nudge("start", true),
      h("span", { class: "toolbar__between", "aria-hidden": "true" }, "…"),
      this.#nudge("end", false),
      this.#nudge("end", true),
    );
    this.element = h(
      "div",
      { class: "toolbar selection-toolbar", role: "toolbar", "aria-label": t("toolbar"), hidden: true },
      this.#actions,
      h("span", { class: "toolbar__separator", "aria-hidden": "true" }),
      nudges,
      this.#letters,
    );
    // The selection must outlive a press on the bar.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    document.body.append(h("section", { "aria-label": t("toolbar") }, this.element));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Show the bar under the last of `boxes` (lines on the screen), or at the bottom edge when `bottom`. */
  show(actions: readonly ActionName[], boxes: readonly DOMRect[], bottom: boolean): void {
    this.#actions.replaceChildren(...actions.map((action, index) => this.#action(action, index === 0)));
    this.element.hidden = false;
    this.element.classList.toggle("toolbar--bottom", bottom);
    this.element.classList.toggle("toolbar--floating", !bottom);
    this.element.style.cssText = "";
    if (!bottom) this.#moveTo(boxes[0] ?? new DOMRect(), boxes.at(-1) ?? new DOMRect());
    this.#buttons().forEach((button, index) => {
      button.tabIndex = index === 0 ? 0 : -1;
    });
  }

  focus(): void {
    this.#buttons()[0]?.focus();
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Below the last line, else above the first, else where there is room: never on the words while it can be helped. */
  #moveTo(first: DOMRect, last: DOMRect): void {
    const { width, height } = this.element.getBoundingClientRect();
    const page = document.documentElement.clientWidth;
    const below = last.bottom + GAP;
    const above = first.top - height - GAP;
    const top = below + height < innerHeight ? below : above > GAP ? above : innerHeight - height - GAP;
    const left = Math.max(GAP, Math.min(last.left + last.width / 2 - width / 2, page - width - GAP));
    this.element.style.top = `${top + scrollY}px`;
    this.element.style.left = `${left + scrollX}px`;
  }

  #action(action: ActionName, primary: boolean): HTMLButtonElement {
    const button = this.#button(action, ICONS[action], () => this.#events.onAction(action));
    if (primary) button.classList.add("toolbar__button--primary");
    if (!SIGNS.has(action)) {
      button.append(t(action));
      button.removeAttribute("aria-label");
    }
    return button;
  }

  #nudge(edge: Edge, forward: boolean): HTMLButtonElement {
    const grows = (edge === "end") === forward;
    const name = `${edge}_${grows ? "grow" : "shrink"}` as const;
    const button = this.#button(name, forward ? "chevron-forward" : "chevron-back", () =>
      this.#events.onNudge(edge, forward),
    );
    button.classList.add("toolbar__button--narrow");
    return button;
  }

  #button(name: Parameters<typeof t>[0], sign: string, act: () => void): HTMLButtonElement {
    const attributes = { type: "button", class: "toolbar__button", "aria-label": t(name), title: t(name) };
    const button = h("button", { ...attributes, "data-action": name }, icon(sign));
    button.addEventListener("click", act);
    return button;
  }

  #buttons(): HTMLButtonElement[] {
    return [...this.element.querySelectorAll("button")];
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#events.onClose();
    }
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const buttons = this.#buttons();
    const rightToLeft = getComputedStyle(this.element).direction === "rtl";
    const step = (event.key === "ArrowRight") === rightToLeft ? -1 : 1;
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  }
}
