/**
 * What is being typed, kept twice: in the browser at once, on the server a moment later.
 *
 * A server that does not answer is asked again, later and later, and at once when the connection is back. Nothing here
 * throws: a draft that only the browser has is still a draft.
 */

import { debounce } from "../lib/dom";
import { request } from "../lib/http";
import type { Draft, Extent } from "./types";

export type Keeping = "saving" | "saved" | "local";
export interface KeptDraft {
  readonly key: string;
  readonly draft: Draft;
}

const PREFIX = "hashiya.draft.";
const PAUSE = 800;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

export function keyFor(text: string, revision: number, place: Extent): string {
  return `${text}.${revision}.${place.start}.${place.end}`;
}

export class Drafts {
  readonly #url: string;
  readonly #prefix: string;
  readonly #tell: (keeping: Keeping) => void;
  readonly #waiting = new Map<string, Draft>();
  readonly #sendSoon = debounce(PAUSE, () => this.#start());
  /** The sending under way: what is dropped must not arrive after it. */
  #sending: Promise<void> = Promise.resolve();
  #wait = FIRST_WAIT;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Drafts of what `prefix` names; `tell` hears how the last change is kept. */
  constructor(url: string, prefix: string, tell: (keeping: Keeping) => void) {
    this.#url = url;
    this.#prefix = prefix;
    this.#tell = tell;
    addEventListener("online", () => this.#start());
    addEventListener("pagehide", () => this.#sendSoon.flush());
  }

  keep(key: string, draft: Draft): void {
    store(key, draft);
    this.#waiting.set(key, draft);
    this.#tell("saving");
    this.#sendSoon();
  }

  /** Forget a draft everywhere: it was saved as a note, or thrown away. */
  async drop(key: string): Promise<void> {
    this.#waiting.delete(key);
    unstore(key);
    await this.#sending;
    await request("DELETE", this.#address(key)).catch(() => null);
  }

  /** Return the drafts of this text, the newer of two copies each, newest first. */
  async all(): Promise<KeptDraft[]> {
    const found = new Map(stored(this.#prefix).map((kept) => [kept.key, kept]));
    const answer = await request<unknown>("GET", this.#url).catch(() => null);
    for (const kept of answer?.ok ? parse(answer.data) : []) {
      if (!this.#belongs(kept)) continue;
      const local = found.get(kept.key);
      if (!local || local.draft.saved < kept.draft.saved) found.set(kept.key, kept);
    }
    return [...found.values()].sort((a, b) => b.draft.saved.localeCompare(a.draft.saved));
  }

  #belongs({ key, draft }: KeptDraft): boolean {
    return key.startsWith(this.#prefix) || prefixOf(draft) === this.#prefix;
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#sending = this.#sending.then(() => this.#send());
  }

  async #send(): Promise<void> {
    if (this.#waiting.size === 0) return;
    for (const [key, draft] of [...this.#waiting]) {
      const answer = await request("PUT", this.#address(key), { body: draft, keepalive: true }).catch(
        () => null,
      );
      if (answer?.ok) {
        if (this.#waiting.get(key) === draft) this.#waiting.delete(key);
      } else return this.#again();
    }
    this.#wait = FIRST_WAIT;
    this.#tell("saved");
  }

  #again(): void {
    this.#tell("local");
    this.#timer = setTimeout(() => this.#start(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #address(key: string): string {
    return `${this.#url.replace(/\/?$/, "/")}${encodeURIComponent(key)}`;
  }
}

/** Storage may be full or refused; the server then keeps the draft alone. */
function store(key: string, draft: Draft): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    /* kept on the server */
  }
}

function unstore(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    /* nothing was kept */
  }
}

function stored(prefix: string): KeptDraft[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => ({
        key: name.slice(PREFIX.length),
        draft: JSON.parse(localStorage.getItem(name) ?? "{}") as Draft,
      }))
      .filter(({ key, draft }) => draft.locus && (key.startsWith(prefix) || prefixOf(draft) === prefix));
  } catch {
    return [];
  }
}

/** What a draft is on: a wording of a text, a picture, a film. */
export function prefixOf({ locus }: Draft): string {
  if (locus.kind === "region") return `image.${locus.image}.`;
  return locus.kind === "time" ? `video.${locus.video}.` : `${locus.text}.${locus.revision}.`;
}

/** The list may be bare or wrapped, a row flat or with its `data` apart. */
function parse(data: unknown): KeptDraft[] {
  const rows = Array.isArray(data) ? data : Object.values(data ?? {}).find(Array.isArray);
  return ((rows ?? []) as (Draft & { key: string; data?: Draft })[])
    .map(({ key, data: apart, ...flat }) => ({ key, draft: apart ?? (flat as Draft) }))
    .filter(({ draft }) => Boolean(draft.locus));
}
