/**
 * From change to change in a release that is read with what changed since an earlier one.
 *
 * The list below the text has them in order (`[data-stop]`); without this script it leads to each of them as well.
 */

import { formatNumber, translator } from "../i18n";
import ar from "../i18n/ar/steps.json";
import en from "../i18n/en/steps.json";
import { announce } from "../lib/announce";
import { isTyping } from "../lib/dom";
import { NotesPopup } from "../textlayer/popover";
import { stepFrom } from "./stepping";

const t = translator<keyof typeof en>({ ar, en });
const KEYS: Readonly<Record<string, 1 | -1>> = { BracketRight: 1, BracketLeft: -1 };

export class Steps {
  readonly #bar: HTMLElement;
  readonly #lines: readonly HTMLElement[];
  readonly #popup = new NotesPopup(() => {});
  #at = -1;

  constructor(bar: HTMLElement) {
    this.#bar = bar;
    this.#lines = [...document.querySelectorAll<HTMLElement>("#changes [data-stop]")];
    bar.addEventListener("click", (event) => {
      const step = (event.target as Element).closest<HTMLElement>("[data-step]")?.dataset.step;
      if (step) this.#go(step === "1" ? 1 : -1);
    });
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => this.#open(event));
    addEventListener("hashchange", () => this.#arrive());
    this.#arrive();
    this.#say();
  }

  #key(event: KeyboardEvent): void {
    const step = KEYS[event.code];
    if (!step || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.shortcuts === "off") return;
    event.preventDefault();
    this.#go(step);
  }

  #go(step: 1 | -1): void {
    const tops = this.#lines.map((line) => target(line)?.getBoundingClientRect().top ?? null);
    const next = stepFrom(this.#at, step, tops, innerHeight / 3);
    const line = this.#lines[next];
    if (line) {
      this.#visit(line);
      return;
    }
    const elsewhere = step > 0 ? this.#bar.dataset.later : this.#bar.dataset.earlier;
    if (elsewhere) location.assign(elsewhere);
    else announce(t(step > 0 ? "last" : "first"));
  }

  /** Each change has its address, which the browser follows; the history is not filled with them. */
  #visit(line: HTMLElement): void {
    const hash = `#${line.dataset.stop ?? ""}`;
    if (location.hash === hash) target(line)?.scrollIntoView({ block: "center" });
    else location.replace(hash);
    this.#at = this.#lines.indexOf(line);
    this.#say();
    announce(t("at", { n: this.#at + 1, total: this.#lines.length }));
  }

  #arrive(): void {
    const stop = location.hash.slice(1);
    const at = this.#lines.findIndex((line) => line.dataset.stop === stop);
    if (at < 0) return;
    this.#at = at;
    this.#say();
    const element = target(this.#lines[at]);
    // A note that was left out has no words here: where there is no margin, it is shown by itself.
    if (stop.startsWith("gone-") && element && !element.checkVisibility()) this.#show(element, new DOMRect());
  }

  #say(): void {
    const said = this.#bar.querySelector("[data-at]");
    const at = this.#at < 0 ? "–" : formatNumber(this.#at + 1);
    if (said) said.textContent = `${at} / ${formatNumber(this.#lines.length)}`;
  }

  /** The sign of words that stood there opens them in place. */
  #open(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const sign = (event.target as Element).closest<HTMLAnchorElement>("a.was");
    const line = sign?.hash ? document.getElementById(sign.hash.slice(1)) : null;
    if (!sign || !line) return;
    event.preventDefault();
    this.#at = this.#lines.indexOf(line);
    this.#say();
    this.#show(line, sign.getBoundingClientRect());
  }

  #show(shown: HTMLElement, at: DOMRect): void {
    const copy = document.createElement("div");
    copy.className = "stack stack--tight";
    copy.append(...[...shown.childNodes].map((node) => node.cloneNode(true)));
    this.#popup.open(t("here"), [copy], at, true);
  }
}

function target(line: HTMLElement | undefined): HTMLElement | null {
  return line ? document.getElementById(line.dataset.stop ?? "") : null;
}
