/**
 * `<section data-deposit="/uploads/…/" data-deposit-page="/…">`: files and folders dropped or chosen here are sent in
 * pieces, three at a time; only those that failed are sent again. Inside: `[data-dropzone]` with the file input,
 * `[data-deposit-total]` for all of them, `[data-file-list]` for the rows.
 */

import { FileRow } from "../desk/file-row";
import { t } from "../desk/messages";
import { announce } from "../lib/announce";
import { button, h } from "../lib/dom";
import { request } from "../lib/http";
import { fileSize } from "../lib/size";
import { droppedFiles, pathOf } from "./dropped";
import { keyOf } from "./key";
import { listFiles, sendInPieces } from "./sending";

const AT_ONCE = 3;
/** How often, in milliseconds, the page asks what became of what has arrived; and of how many at once. */
const ASK = 1_500;
const ASK_AT_ONCE = 100;
/** How often, in milliseconds, and after how many more percent, how far all is is said aloud. */
const SAY = 10_000;
const STEP = 10;

interface Item {
  readonly file: File;
  readonly row: FileRow;
  state: "waiting" | "sending" | "arrived" | "kept" | "failed";
  sent: number;
  /** The server's name for it. */
  id: string;
  again: boolean;
}

interface State {
  readonly items: Record<string, { state: string; words: string; sha256: string; url: string }>;
}

/** A button that chooses a whole folder, for those who cannot drag one: a field for files takes none. */
function folderButton(onFiles: (files: readonly File[]) => void): HTMLElement {
  const input = h("input", { type: "file", multiple: true, webkitdirectory: "" });
  input.addEventListener("change", () => {
    onFiles([...(input.files ?? [])]);
    input.value = "";
  });
  return h(
    "p",
    {},
    button(t("choose_folder"), "button button--small", () => input.click()),
  );
}

export class DepositPage {
  readonly #place: string;
  readonly #page: string;
  readonly #list: HTMLElement;
  readonly #total: HTMLElement | null;
  readonly #items = new Map<string, Item>();
  readonly #again = h("button", { type: "button", class: "button button--small", hidden: true });
  /** Files of which the server was not told yet. */
  #unlisted: File[] = [];
  #listing = false;
  #asking = false;
  #finished = false;
  #said = { at: 0, percent: 0 };

  constructor(section: HTMLElement, input: HTMLInputElement, list: HTMLElement) {
    this.#place = section.dataset.deposit ?? "";
    this.#page = section.dataset.depositPage ?? "";
    this.#list = list;
    this.#total = section.querySelector("[data-deposit-total]");
    const chosen = (): void => {
      this.#add([...(input.files ?? [])]);
      input.value = "";
    };
    input.addEventListener("change", chosen);
    section.querySelector<HTMLElement>("[data-dropzone]")?.addEventListener("drop", (event) => {
      if (!event.dataTransfer) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => this.#add(files));
    });
    section.querySelector("[data-dropzone]")?.after(folderButton((files) => this.#add(files)));
    this.#again.addEventListener("click", () => this.#retryAll());
    this.#total?.append(this.#again);
    addEventListener("online", () => this.#retryAll());
    // What somebody chose before this script was here.
    if (input.files?.length) chosen();
    addEventListener("beforeunload", (event) => {
      if (this.#count("sending", "waiting") > 0) event.preventDefault();
    });
  }

  #add(files: readonly File[]): void {
    for (const file of files) {
      const key = keyOf(file, pathOf(file));
      if (this.#items.has(key)) continue;
      const item: Item = { file, row: new FileRow(file), state: "waiting", sent: 0, id: "", again: false };
      this.#items.set(key, item);
      this.#unlisted.push(file);
      this.#list.append(item.row.element);
    }
    this.#list.hidden = this.#items.size === 0;
    document.querySelector("[data-deposit-unfinished]")?.remove();
    this.#showTotal();
    void this.#begin();
  }

  /** Tell the server of everything before anything is sent, so that the receipt knows of it whatever happens then. */
  async #begin(): Promise<void> {
    if (this.#listing) return;
    this.#listing = true;
    while (this.#unlisted.length > 0) {
      const told = await listFiles([...this.#unlisted], this.#place);
      if (told === 0) break;
      this.#unlisted.splice(0, told);
    }
    this.#listing = false;
    this.#fill();
  }

  /** Send as many at once as is good for a connection; each that ends makes room for the next. */
  #fill(): void {
    for (const item of this.#items.values()) {
      if (this.#count("sending") >= AT_ONCE) break;
      if (item.state === "waiting") void this.#send(item).then(() => this.#fill());
    }
    this.#showTotal();
  }

  async #send(item: Item): Promise<void> {
    item.state = "sending";
    item.row.sending(item.sent, item.file.size);
    await sendInPieces(item.file, this.#place, {
      onProgress: (done, whole) => {
        item.sent = done;
        item.row.sending(done, whole);
        this.#showTotal();
      },
      onArrived: (id) => {
        Object.assign(item, { state: "arrived", id, sent: item.file.size });
        item.row.sending(item.file.size, item.file.size);
        this.#ask();
      },
      onFailed: (words, again) => {
        Object.assign(item, { state: "failed", again });
        item.row.failed(words || t("broken"), again ? () => this.#retry(item) : null);
      },
    });
  }

  #retry(item: Item): void {
    item.state = "waiting";
    void this.#begin();
  }

  #retryAll(): void {
    for (const item of this.#items.values())
      if (item.state === "failed" && item.again) item.state = "waiting";
    void this.#begin();
  }

  /** Ask what the worker made of what has arrived, until it has made something of all. */
  #ask(): void {
    if (this.#asking) return;
    this.#asking = true;
    setTimeout(() => void this.#look(), ASK);
  }

  async #look(): Promise<void> {
    const waiting = [...this.#items.values()]
      .filter(({ state }) => state === "arrived")
      .slice(0, ASK_AT_ONCE);
    const names = waiting.map(({ id }) => id).join(",");
    const answer = await request<State>("GET", `${this.#page}?items=${names}`).catch(() => null);
    for (const item of waiting) {
      const known = answer?.ok ? answer.data.items[item.id] : undefined;
      if (known?.state !== "kept") continue;
      item.state = "kept";
      item.row.received({ url: known.url, sha256: known.sha256 });
      item.row.explain(known.words);
    }
    this.#asking = false;
    if (this.#count("arrived") > 0) this.#ask();
    this.#showTotal();
  }

  #showTotal(): void {
    if (!this.#total) return;
    this.#total.hidden = this.#items.size === 0;
    const items = [...this.#items.values()];
    const whole = items.reduce((sum, { file }) => sum + file.size, 0);
    const sent = items.reduce((sum, item) => sum + item.sent, 0);
    const [label, detail] = this.#total.querySelectorAll("span");
    const kept = this.#count("kept");
    if (label) label.textContent = t("kept_of", { n: items.length, kept });
    if (detail) detail.textContent = t("bytes_of", { done: fileSize(sent), whole: fileSize(whole) });
    const bar = this.#total.querySelector("progress");
    const percent = whole > 0 ? (sent / whole) * 100 : 0;
    if (bar) bar.value = percent;
    const failed = items.filter(({ state, again }) => state === "failed" && again).length;
    this.#again.hidden = failed === 0;
    this.#again.textContent = t("retry_failed", { n: failed });
    const finished = items.length > 0 && this.#count("waiting", "sending", "arrived") === 0;
    if (finished && !this.#finished) this.#finish(kept);
    else if (!finished) this.#say(percent, `${label?.textContent} · ${detail?.textContent}`);
    this.#finished = finished;
  }

  /** Say how far all is to those who do not see it: not with every piece, and not every second. */
  #say(percent: number, words: string): void {
    if (percent < this.#said.percent) this.#said = { at: 0, percent };
    if (percent - this.#said.percent < STEP || Date.now() - this.#said.at < SAY) return;
    this.#said = { at: Date.now(), percent };
    announce(words);
  }

  #finish(kept: number): void {
    const failed = this.#count("failed");
    announce(failed > 0 ? t("some_failed", { n: failed }) : t("all_done", { n: kept }));
    void this.#freshReceipt();
  }

  /** The receipt below was written when the page was; fetch it as it stands now. */
  async #freshReceipt(): Promise<void> {
    const words = await fetch(this.#page, { headers: { Accept: "text/html" } }).then(
      (response) => response.text(),
      () => "",
    );
    const fresh = new DOMParser().parseFromString(words, "text/html").querySelector("[data-receipt]");
    if (fresh) document.querySelector("[data-receipt]")?.replaceWith(document.importNode(fresh, true));
  }

  #count(...states: readonly Item["state"][]): number {
    let count = 0;
    for (const { state } of this.#items.values()) if (states.includes(state)) count++;
    return count;
  }
}

/** Take over the deposit of the page. */
export function startDeposit(section: HTMLElement): void {
  const input = section.querySelector<HTMLInputElement>("input[type=file]");
  const list = section.querySelector<HTMLElement>("[data-file-list]");
  if (input && list) new DepositPage(section, input, list);
}
