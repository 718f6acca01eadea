/**
 * `<section data-deposit="/uploads/…/" data-deposit-page="/…">`: files and folders dropped or chosen here are sent in
 * pieces, three at a time; only those that failed are sent again. Beside that each is hashed here, and the server told, so
 * that the receipt compares what was sent with what is kept. Inside: `[data-dropzone]` with the file input,
 * `[data-deposit-total]` for all of them, `[data-file-list]` for the rows.
 */

import { t } from "../desk/messages";
import { announce } from "../lib/announce";
import { button, h } from "../lib/dom";
import { request } from "../lib/http";
import { droppedFiles, pathOf } from "./dropped";
import { startHasher } from "./hasher";
import { type Item, newItem } from "./item";
import { keyOf } from "./key";
import { FreshReceipt } from "./receipt";
import { listFiles, sendInPieces } from "./sending";
import { tellHash } from "./telling";
import { Total } from "./total";

const AT_ONCE = 3;
/** How often, in milliseconds, the page asks what became of what has arrived; and of how many at once. */
const ASK = 1_500;
const ASK_AT_ONCE = 100;

interface Known {
  readonly state: string;
  readonly words: string;
  readonly sha256: string;
  readonly compared: string;
  readonly url: string;
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
  readonly #total: Total;
  readonly #receipt: FreshReceipt;
  readonly #items = new Map<string, Item>();
  readonly #hasher = startHasher();
  /** Files of which the server was not told yet. */
  #unlisted: File[] = [];
  #listing = false;
  #asking = false;
  #finished = false;

  constructor(section: HTMLElement, input: HTMLInputElement, list: HTMLElement) {
    this.#place = section.dataset.deposit ?? "";
    this.#page = section.dataset.depositPage ?? "";
    this.#list = list;
    this.#receipt = new FreshReceipt(this.#page);
    this.#total = new Total(section.querySelector("[data-deposit-total]"), () => this.#retryAll());
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
    addEventListener("online", () => this.#retryAll());
    // What somebody chose before this script was here.
    if (input.files?.length) chosen();
    addEventListener("beforeunload", (event) => {
      if (this.#count("sending", "waiting") > 0 || this.#hashing()) event.preventDefault();
    });
  }

  #add(files: readonly File[]): void {
    for (const file of files) {
      const key = keyOf(file, pathOf(file));
      const known = this.#items.get(key);
      // What was read before may not be readable any more, or not be what is there now.
      if (known?.state === "failed") this.#anew(Object.assign(known, { file }));
      if (known) continue;
      const item = newItem(file);
      this.#items.set(key, item);
      this.#unlisted.push(file);
      this.#list.append(item.row.element);
      void this.#hash(item);
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
    this.#receipt.nowAndThen();
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
    Object.assign(item, { state: "sending", stop: new AbortController(), told: false });
    item.row.sending(item.sent, item.file.size);
    const { file, stop } = item;
    const sha256 = item.sha256 ?? "";
    await sendInPieces({ file, sha256, signal: stop.signal }, this.#place, {
      onAnnounced: (id) => {
        Object.assign(item, { id, told: sha256 !== "" });
        void this.#tell(item);
      },
      onUnreadable: () => this.#unreadable(item),
      onStalled: () => item.row.stalled(t("stalled")),
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

  /** Work out the file's hash, and tell the server when both are known: it, and the name that the server has for it. */
  async #hash(item: Item): Promise<void> {
    const { file } = item;
    item.sha256 = "";
    item.row.hashed("");
    const found = await this.#hasher.hash(file);
    if (item.file !== file || item.sha256 !== "") return;
    item.sha256 = "sha256" in found ? found.sha256 : null;
    item.row.hashed(item.sha256 ?? "");
    if ("failed" in found && found.failed === "unreadable") this.#unreadable(item);
    await this.#tell(item);
  }

  async #tell(item: Item): Promise<void> {
    if (item.told || !item.id || item.sha256 === "") return;
    item.told = true;
    const { sentence, compared } = await tellHash(this.#place, item.id, item.sha256);
    if (sentence) this.#fail(item, sentence);
    if (item.state !== "kept") return;
    // It was kept before this was told.
    if (compared === "same") item.row.explain(t("hash_same"));
    if (compared !== "differs") return;
    item.state = "arrived";
    this.#ask();
  }

  /** Stop sending a file that is not what was chosen; what arrived whole before that is kept. */
  #unreadable(item: Item): void {
    if (item.state === "waiting" || item.state === "sending") this.#fail(item, t("unreadable"));
  }

  #fail(item: Item, words: string): void {
    item.stop.abort();
    Object.assign(item, { state: "failed", again: false });
    item.row.failed(words, null);
    this.#fill();
  }

  /** Hash and send a file from its beginning: it came with other bytes, or was chosen again. */
  #anew(item: Item): void {
    Object.assign(item, { state: "waiting", sent: 0, id: "", anew: false });
    void this.#hash(item);
    void this.#begin();
  }

  #retry(item: Item): void {
    if (item.anew) this.#anew(item);
    else {
      item.state = "waiting";
      void this.#begin();
    }
  }

  #retryAll(): void {
    for (const item of this.#items.values()) if (item.state === "failed" && item.again) this.#retry(item);
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
    const answer = await request<{ items: Record<string, Known> }>(
      "GET",
      `${this.#page}?items=${names}`,
    ).catch(() => null);
    for (const item of waiting) {
      const known = answer?.ok ? answer.data.items[item.id] : undefined;
      if (known) this.#became(item, known);
    }
    this.#asking = false;
    if (this.#count("arrived") > 0) this.#ask();
    this.#showTotal();
  }

  /** Show what the server says of a file that has arrived. */
  #became(item: Item, known: Known): void {
    // Left out in another window, or its pieces were lost with the disk: it can be sent from its beginning.
    if (["differs", "refused", "sending"].includes(known.state)) this.#refused(item, known.words);
    if (known.state !== "kept") return;
    item.state = "kept";
    const same = known.compared === "same";
    item.row.received(same ? { url: known.url } : { url: known.url, sha256: known.sha256 });
    if (same) item.row.explain(t("hash_same"));
    item.row.explain(known.words);
    this.#receipt.nowAndThen();
  }

  #refused(item: Item, words: string): void {
    Object.assign(item, { state: "failed", again: true, anew: true, sent: 0 });
    item.row.failed(words, () => this.#retry(item));
  }

  #showTotal(): void {
    const finished = this.#items.size > 0 && this.#count("waiting", "sending", "arrived") === 0;
    this.#total.show([...this.#items.values()], finished);
    if (finished && !this.#finished) this.#finish(this.#count("kept"));
    this.#finished = finished;
  }

  #finish(kept: number): void {
    const failed = this.#count("failed");
    announce(failed > 0 ? t("some_failed", { n: failed }) : t("all_done", { n: kept }));
    void this.#receipt.fetch();
  }

  /** Whether something is all there, but its hash is not told yet. */
  #hashing(): boolean {
    return [...this.#items.values()].some(({ state, sha256 }) => state === "arrived" && sha256 === "");
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
