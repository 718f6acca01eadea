/**
 * A note in one window waits for a passage that is selected in another: on any page that shows a text.
 *
 * The windows of one browser share its storage, and hear of each other's changes. The asking window takes its question
 * back when it has the answer, which tells the other one that it was heard.
 */

import type { NoteTarget } from "../textlayer/notes";

const ASKED = "hashiya.passage-asked";
const GIVEN = "hashiya.passage-given";
/** Milliseconds in which a window that is still open answers. */
const PATIENCE = 3_000;

export interface Asked {
  readonly id: string;
  /** The text that the note is on: its own page picks without this. */
  readonly text: string;
}

interface Given {
  readonly id: string;
  readonly target: NoteTarget;
  readonly label: string;
}

/** Ask for a passage; `onGiven` hears of it once. Returns how to stop asking. */
export function ask(text: string, onGiven: (target: NoteTarget, label: string) => void): () => void {
  const id = String(Math.random()).slice(2);
  const stop = (): void => {
    removeEventListener("storage", hear);
    if (read<Asked>(ASKED)?.id === id) write(ASKED, null);
  };
  const hear = (event: StorageEvent): void => {
    const given = event.key === GIVEN ? read<Given>(GIVEN) : null;
    if (given?.id !== id) return;
    stop();
    write(GIVEN, null);
    onGiven(given.target, given.label);
  };
  addEventListener("storage", hear);
  addEventListener("pagehide", stop, { once: true });
  write(ASKED, { id, text });
  return stop;
}

/** Whether a note in another window asks for a passage that a page of `text` could give. */
export function isAsked(text: string): boolean {
  const asked = read<Asked>(ASKED);
  return asked !== null && asked.text !== text;
}

/** Give a passage to the note that asks; false when its window is gone. */
export async function give(target: NoteTarget, label: string): Promise<boolean> {
  const asked = read<Asked>(ASKED);
  if (!asked) return false;
  const heard = new Promise<boolean>((resolve) => {
    const listen = (event: StorageEvent): void => {
      if (event.key !== ASKED) return;
      removeEventListener("storage", listen);
      resolve(true);
    };
    addEventListener("storage", listen);
    setTimeout(() => {
      removeEventListener("storage", listen);
      resolve(false);
    }, PATIENCE);
  });
  write(GIVEN, { id: asked.id, target, label });
  const wasHeard = await heard;
  if (!wasHeard) write(ASKED, null);
  return wasHeard;
}

function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
  } catch {
    return null; // Storage may be refused; then windows know nothing of each other.
  }
}

function write(key: string, value: Asked | Given | null): void {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
