/**
 * `<form data-upload data-upload-limit="10485760">`: files are sent one at a time with their progress; only those that
 * failed are sent again. Inside: `[data-dropzone]` with the file input, `[data-file-list]` for the rows.
 *
 * A hidden `key` makes a second sending of the same file harmless; each file gets its own ending. One file alone leads
 * on to its own page. Without this script the form still works.
 */

import { announce } from "../lib/announce";
import { fileSize } from "../lib/size";
import { FileRow } from "./file-row";
import { t } from "./messages";
import { type Receipt, sendFile } from "./sending";

interface Item {
  readonly file: File;
  readonly row: FileRow;
  readonly number: number;
  state: "waiting" | "sending" | "received" | "here" | "failed";
  receipt?: Receipt;
  choose?: string;
}

export class Upload {
  readonly #form: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #limit: number;
  #items: Item[] = [];
  #serial = 0;

  constructor(form: HTMLFormElement, input: HTMLInputElement, list: HTMLElement) {
    this.#form = form;
    this.#input = input;
    this.#list = list;
    this.#limit = Number(form.dataset.uploadLimit ?? 0);
    input.addEventListener("change", () => this.#choose());
    form.addEventListener("submit", (event) => this.#submit(event));
    addEventListener("beforeunload", (event) => {
      if (this.#items.some(({ state }) => state === "sending")) event.preventDefault();
    });
    const zone = form.querySelector<HTMLElement>("[data-dropzone]");
    if (zone) followDrag(zone);
  }

  #choose(): void {
    const kept = this.#items.filter(({ state }) => ["received", "here", "sending"].includes(state));
    const chosen = [...(this.#input.files ?? [])].map((file): Item => {
      return { file, row: new FileRow(file), number: this.#serial++, state: "waiting" };
    });
    this.#items = [...kept, ...chosen];
    this.#list.replaceChildren(...this.#items.map(({ row }) => row.element));
    this.#list.hidden = this.#items.length === 0;
    for (const item of chosen) if (this.#isTooBig(item)) this.#fail(item, this.#tooBig(), false);
  }

  #submit(event: SubmitEvent): void {
    if (!this.#form.reportValidity() || this.#items.length === 0) return;
    event.preventDefault();
    void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    const button = this.#form.querySelector<HTMLButtonElement>("[type=submit]");
    button?.setAttribute("aria-busy", "true");
    for (const item of this.#items) if (item.state === "waiting") await this.#send(item);
    button?.removeAttribute("aria-busy");
    this.#finish();
  }

  async #send(item: Item): Promise<void> {
    item.state = "sending";
    item.row.sending(0, item.file.size);
    const sent = await sendFile(this.#form.action, this.#body(item), (done, whole) =>
      item.row.sending(done, whole),
    );
    if (sent.kind === "received") {
      item.state = "received";
      item.receipt = sent.receipt;
      item.row.received(sent.receipt);
    } else if (sent.kind === "here") {
      item.state = "here";
      item.choose = sent.choose;
      item.row.here(sent.words, sent.choose);
    } else if (sent.kind === "broken") this.#fail(item, t("broken"), true);
    else {
      const words = sent.status === 413 ? this.#tooBig() : sent.words || t("failed", { status: sent.status });
      this.#fail(item, words, sent.status !== 413);
    }
  }

  #body(item: Item): FormData {
    const body = new FormData(this.#form);
    body.delete(this.#input.name);
    body.append(this.#input.name, item.file);
    const key = body.get("key");
    if (typeof key === "string" && key) body.set("key", `${key}.${item.number}`);
    return body;
  }

  #fail(item: Item, words: string, again: boolean): void {
    item.state = "failed";
    const retry = (): void => {
      item.state = "waiting";
      void this.#send(item).then(() => this.#finish());
    };
    item.row.failed(words, again ? retry : null);
  }

  #finish(): void {
    const received = this.#items.filter(({ state }) => state === "received");
    const failed = this.#items.filter(({ state }) => state === "failed");
    const here = this.#items.filter(({ state }) => state === "here");
    const [only] = [...received, ...here];
    const next = only?.receipt?.url ?? only?.choose;
    if (failed.length > 0) announce(t("some_failed", { n: failed.length }));
    else if (this.#items.length === 1 && next) location.assign(next);
    else if (here.length > 0) announce(t("some_here", { n: here.length }));
    else announce(t("all_done", { n: received.length }));
    // A second press must not send again what has arrived.
    this.#input.value = "";
    this.#input.required = false;
  }

  #isTooBig({ file }: Item): boolean {
    return this.#limit > 0 && file.size > this.#limit;
  }

  #tooBig(): string {
    return t("too_big", { limit: fileSize(this.#limit) });
  }
}

function followDrag(zone: HTMLElement): void {
  const over = (on: boolean) => (): void => {
    zone.classList.toggle("dropzone--over", on);
  };
  zone.addEventListener("dragenter", over(true));
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", over(false));
}

/** Take over every upload form of the page. */
export function startUploads(root: ParentNode = document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
    const input = form.querySelector<HTMLInputElement>("input[type=file]");
    const list = form.querySelector<HTMLElement>("[data-file-list]");
    if (input && list) new Upload(form, input, list);
  }
}
