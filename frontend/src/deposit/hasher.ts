/** The queue of files that wait for their hash: one at a time, in the order in which they are sent. */

import type { Answer } from "./hashing";

export type Hashed =
  | { readonly sha256: string }
  /** The file cannot be read, or changed since it was chosen; or nothing here can hash. */
  | { readonly failed: "unreadable" | "unavailable" };

interface Waiting {
  readonly file: File;
  readonly done: (hashed: Hashed) => void;
}

export class Hasher {
  readonly #queue: Waiting[] = [];
  #worker: Worker | null;
  #busy = false;

  /** Begun with the page: one that stays open while the site is renewed would not find the file later. */
  constructor(worker: Worker | null) {
    this.#worker = worker;
    worker?.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#answered(data.sha256));
    worker?.addEventListener("error", () => this.#broken());
  }

  hash(file: File): Promise<Hashed> {
    return new Promise((done) => {
      this.#queue.push({ file, done });
      this.#next();
    });
  }

  #next(): void {
    const [first] = this.#queue;
    if (!first || this.#busy) return;
    if (this.#worker) {
      this.#busy = true;
      this.#worker.postMessage(first.file);
    } else this.#broken();
  }

  #answered(sha256: string): void {
    this.#busy = false;
    this.#queue.shift()?.done(sha256 ? { sha256 } : { failed: "unreadable" });
    this.#next();
  }

  #broken(): void {
    this.#worker = null;
    this.#busy = false;
    for (const { done } of this.#queue.splice(0)) done({ failed: "unavailable" });
  }
}

/** Files are sent all the same where no thread is to be had. */
export function startHasher(): Hasher {
  try {
    return new Hasher(new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" }));
  } catch {
    return new Hasher(null);
  }
}
