/** What the cards beside a picture or a film do with notes: each tells what became of it. */

import { announce } from "../lib/announce";
import { toast } from "../lib/toast";
import { t as reader } from "../textlayer/messages";
import type { Note } from "../textlayer/notes";
import type { NotesPopup } from "../textlayer/popover";
import { countNotes } from "../workbench/counting";
import { t as workbench } from "../workbench/messages";
import { NoteCard } from "../workbench/note-card";
import type { PlaceService } from "./service";
import type { PlaceStore } from "./store";

/** Take the wording that a reviewer suggested, and have what changed shown. */
export async function take(service: PlaceService, note: Note, show: () => Promise<void>): Promise<void> {
  const taken = await service.take(note);
  await show();
  toast(typeof taken === "string" ? taken : workbench("wording_taken"));
}

/** Withdraw a note; then have it shown no more. */
export async function withdraw(
  service: PlaceService,
  store: PlaceStore,
  note: Note,
  show: () => Promise<void>,
): Promise<void> {
  if (!(await service.withdraw(note))) {
    toast(workbench("withdraw_failed"));
    return;
  }
  store.drop(note.id);
  countNotes(-1);
  await show();
  toast(workbench("withdrawn"));
}

/** Open notes where they lie: there is no margin, or there are several. */
export async function open(
  popup: NotesPopup,
  store: PlaceStore,
  ids: readonly string[],
  at: DOMRect,
  focus: boolean,
): Promise<void> {
  try {
    await store.load(ids);
  } catch {
    announce(reader("failed"));
    return;
  }
  const notes = ids.map((id) => store.get(id)).filter((note) => note !== undefined);
  const words = reader("notes_here", { n: notes.length });
  popup.open(
    words,
    notes.map((note) => Object.assign(new NoteCard(), { note })),
    at,
    focus,
  );
  announce(words);
}
