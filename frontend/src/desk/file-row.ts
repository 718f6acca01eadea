/** The row of one file: its name, how far it is, what became of it. */

import { h } from "../lib/dom";
import { icon } from "../lib/icons";
import { shownName } from "../lib/names";
import { fileSize } from "../lib/size";
import { hashButton } from "./hash";
import { t } from "./messages";
import type { Receipt } from "./sending";

export class FileRow {
  readonly element: HTMLLIElement;
  readonly #sign = h("span", { class: "file-row__icon" }, icon("file"));
  readonly #detail = h("span", { class: "file-row__detail" });
  readonly #hash = h("span", { class: "file-row__hash" });
  readonly #action = h("span", { class: "file-row__action" });
  readonly #progress: HTMLProgressElement;
  readonly #size: number;

  /** `path` is where it lay among what was chosen: two folders may hold files of one name. */
  constructor(file: File, path = "") {
    this.#size = file.size;
    const shown = shownName(file.name);
    this.#progress = h("progress", { class: "progress", max: 100, value: 0, "aria-label": shown });
    const name = h("span", { class: "file-row__name" }, h("bdi", {}, shown));
    if (path && path !== file.name)
      name.append(h("span", { class: "file-row__path" }, h("bdi", { dir: "ltr" }, shownName(path))));
    this.element = h("li", { class: "file-row" }, this.#sign, name, this.#detail, this.#hash, this.#action);
    this.#say(t("waiting"), fileSize(file.size));
  }

  sending(done: number, whole: number): void {
    const percent = whole > 0 ? Math.floor((done / whole) * 100) : 0;
    this.#state("");
    if (!this.#progress.isConnected) this.#detail.before(this.#progress);
    this.#progress.value = percent;
    if (done >= whole) this.#say(t("checking"));
    else this.#say(t("sending", { percent, done: fileSize(done), whole: fileSize(whole) }));
  }

  /** It does not go on at the moment. */
  stalled(words: string): void {
    this.#say(words);
  }

  received(receipt: Receipt): void {
    this.#progress.remove();
    this.#state("file-row--done");
    this.#sign.replaceChildren(icon("check-circle"));
    this.#say(t("received"), fileSize(this.#size));
    if (receipt.sha256) this.#detail.append(h("span", { class: "hash" }, receipt.sha256.slice(0, 16)));
    this.#action.replaceChildren(h("a", { class: "button button--small", href: receipt.url }, t("open")));
  }

  /** Its hash is known, as the file lies on the sender's own disk. */
  hashed(sha256: string): void {
    this.#hash.replaceChildren(...(sha256 ? [hashButton(sha256)] : []));
  }

  /** It came, and the same bytes are an image already. */
  here(words: string, choose: string): void {
    this.#progress.remove();
    this.#state("");
    this.#sign.replaceChildren(icon("image"));
    this.#say(words);
    this.#action.replaceChildren(h("a", { class: "button button--small", href: choose }, t("choose")));
  }

  /** Say more about what became of it. */
  explain(words: string): void {
    this.#detail.append(h("span", {}, words));
  }

  failed(words: string, retry: (() => void) | null): void {
    this.#progress.remove();
    this.#state("file-row--failed");
    this.#sign.replaceChildren(icon("error"));
    this.#say(words);
    this.#action.replaceChildren();
    if (!retry) return;
    const again = h("button", { type: "button", class: "button button--small" }, icon("refresh"), t("retry"));
    again.addEventListener("click", retry);
    this.#action.append(again);
  }

  #state(name: string): void {
    this.element.className = `file-row ${name}`;
    if (name === "") this.#sign.replaceChildren(icon("file"));
  }

  #say(...words: readonly string[]): void {
    this.#detail.replaceChildren(...words.map((word) => h("span", {}, word)));
  }
}
