/**
 * The panel of the reading options: under its button on a wide screen, from the bottom edge on a phone.
 *
 * A popover, since what is chosen shows at once in the page beside it. The browser itself opens and closes it, says so of
 * the button, and gives the focus back.
 */

import { icon } from "../icons/icon";
import { button, h } from "../lib/dom";
import { CHOICES, type Choices, chosenOf, DEFAULTS, type Name, toKeep } from "./choices";
import { t } from "./messages";
import { steadily } from "./steady";

type Words = Parameters<typeof t>[0];

const EDGE = 8;
/** Narrower than this the panel comes from the bottom edge. */
const PHONE = matchMedia("(width < 40rem)");
/**
 * Narrower than this notes have no room beside the text, nor a panel: both mean the sheet of a touch. As `NARROW` of the text
 * layer, whose chunk the page of a work has no need of.
 */
const NO_MARGIN = matchMedia("(width < 62rem)");
const root = document.documentElement;
/** In the order of their sizes, which is not that of the list, whose first is the page's own. */
const SIZES = ["small", "normal", "large", "larger", "largest"] as const;
const SPACES = ["close", "normal", "wide"] as const;

export class OptionsPanel {
  readonly #opener: HTMLButtonElement;
  readonly #element: HTMLElement;
  #chosen: Choices = DEFAULTS;

  constructor(opener: HTMLButtonElement) {
    this.#opener = opener;
    this.#element = h("div", {
      popover: "auto",
      role: "dialog",
      tabindex: -1,
      "aria-labelledby": "reading-title",
    });
    this.#element.addEventListener("beforetoggle", (event) => {
      if (event.newState === "open") this.#draw();
    });
    this.#element.addEventListener("toggle", (event) => this.#toggled(event.newState === "open"));
    this.#element.addEventListener("change", (event) => this.#change(event.target as HTMLInputElement));
    for (const width of [PHONE, NO_MARGIN])
      width.addEventListener("change", () => this.#element.hidePopover());
    opener.after(this.#element);
    opener.popoverTargetElement = this.#element;
  }

  open(): void {
    this.#element.showPopover();
  }

  /** Made anew each time it opens: the theme has a button of its own, and a phone may have been turned. */
  #draw(): void {
    this.#chosen = chosenOf(root.dataset);
    // A sheet has its own place; the popover's was set when it last opened.
    this.#element.removeAttribute("style");
    this.#element.className = PHONE.matches ? "sheet reading-options" : "popover reading-options";
    const close = button("", "button button--quiet button--icon button--small", () =>
      this.#element.hidePopover(),
    );
    close.setAttribute("aria-label", t("close"));
    close.append(icon("close"));
    this.#element.replaceChildren(
      h(
        "div",
        { class: "sheet__head reading-options__head" },
        h("h2", { class: "sheet__title reading-options__title", id: "reading-title" }, t("title")),
        close,
      ),
      ...this.#groups(),
      this.#foot(),
    );
  }

  #toggled(open: boolean): void {
    this.#opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    if (!PHONE.matches) standUnder(this.#element, this.#opener);
    // The panel, not the first choice: what it is called is said first, and no choice is made by an arrow meant to scroll.
    this.#element.focus({ preventScroll: true });
  }

  #groups(): HTMLElement[] {
    const groups = [
      this.#group("textSize", SIZES, sample),
      this.#group("lineSpace", SPACES),
      this.#group("theme", CHOICES.theme),
      this.#group("numerals", CHOICES.numerals),
    ];
    groups
      .at(-1)
      ?.append(h("p", { class: "reading-options__help", id: "help-numerals" }, t("numerals_help")));
    if (document.querySelector("[data-notes]")) groups.unshift(this.#notes());
    return groups;
  }

  #notes(): HTMLElement {
    if (!NO_MARGIN.matches) return this.#group("notesAt", CHOICES.notesAt);
    const group = this.#group("notesAt", ["beside", "foot"]);
    const [sheet] = group.querySelectorAll<HTMLInputElement>("input");
    if (sheet && this.#chosen.notesAt === "panel") sheet.checked = true;
    sheet?.nextElementSibling?.replaceChildren(t("notesAt_sheet"));
    return group;
  }

  #group<N extends Name>(name: N, values: readonly Choices[N][], words = spoken): HTMLElement {
    const choice = (value: Choices[N]): HTMLElement => {
      const input = h("input", { type: "radio", name: `reading-${name}`, value, "data-choice": name });
      input.checked = this.#chosen[name] === value;
      return h("label", { class: "segment", "data-value": value }, input, words(name, value));
    };
    const note = name === "notesAt" && "notesCrowded" in root.dataset;
    return h(
      "fieldset",
      { class: `reading-options__group reading-options__group--${name}` },
      h("legend", { class: "reading-options__legend" }, t(name as Words)),
      h("div", { class: "segments" }, ...values.map(choice)),
      note && h("p", { class: "reading-options__help" }, t("notesAt_too_many")),
    );
  }

  #foot(): HTMLElement {
    const box = h("input", { type: "checkbox", "data-choice": "place", "aria-describedby": "reading-kept" });
    box.checked = this.#chosen.place === "on";
    const isRelease = document.querySelector("article[data-permalink]") !== null;
    return h(
      "div",
      { class: "reading-options__foot" },
      isRelease && h("label", { class: "check" }, box, h("span", { class: "check__text" }, t("place"))),
      h(
        "div",
        { class: "reading-options__end" },
        h("p", { class: "reading-options__help", id: "reading-kept" }, t("kept")),
        button(t("reset"), "button button--small button--quiet", () => this.#reset()),
      ),
    );
  }

  #change(input: HTMLInputElement): void {
    const name = input.dataset.choice as Name | undefined;
    if (!name) return;
    const value = input.type === "checkbox" ? (input.checked ? "on" : "off") : input.value;
    this.#choose({ ...this.#chosen, [name]: value });
  }

  #reset(): void {
    this.#choose(DEFAULTS);
    this.#draw();
    this.#element.focus({ preventScroll: true });
  }

  /** `hashiya/theme.js` keeps and shows it; the words that are read stay where they are. */
  #choose(choices: Choices): void {
    const before = this.#chosen;
    this.#chosen = choices;
    steadily(() => document.dispatchEvent(new CustomEvent("hashiya:choose", { detail: toKeep(choices) })));
    if (before.numerals !== choices.numerals)
      void import("./digits").then(({ followDigits }) => followDigits());
    const release = document.querySelector<HTMLElement>("article[data-permalink]");
    if (release && before.place !== choices.place)
      void import("./stopped").then(({ followPlace, forgetPlaces }) =>
        choices.place === "off" ? forgetPlaces() : followPlace(release),
      );
  }
}

function spoken(name: Name, value: string): HTMLElement {
  const words = h("span", { class: "segment__words" }, t(`${name}_${value}` as Words));
  if (name !== "numerals" || value === "own") return words;
  return h(
    "span",
    { class: "segment__words" },
    h("span", { "aria-hidden": "true" }, t(`numerals_${value}` as Words)),
    h("span", { class: "visually-hidden" }, t(`numerals_${value}_spoken` as Words)),
  );
}

/** A letter in the size that is meant, and its name for who does not see it. */
function sample(name: Name, value: string): HTMLElement {
  return h(
    "span",
    { class: "segment__words" },
    h("span", { class: "segment__sample", "aria-hidden": "true" }, t.language === "ar" ? "ن" : "A"),
    h("span", { class: "visually-hidden" }, t(`${name}_${value}` as Words)),
  );
}

/** Stand below the button, its start with that of the button, inside the screen. */
function standUnder(panel: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = root.dir === "rtl" ? at.right - width : at.left;
  const top = Math.min(at.bottom + EDGE, innerHeight - height - EDGE);
  panel.style.inset = "auto";
  panel.style.top = `${Math.max(EDGE, top)}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(left, root.clientWidth - width - EDGE))}px`;
}
