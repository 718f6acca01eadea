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

/** Open notes where they lie: there is no margin, or there are several. Of many only some at once. */
export async function open(
  popup: NotesPopup,
  store: PlaceStore,
  ids: readonly string[],
  at: DOMRect,
  focus: boolean,
  most: number,
): Promise<void> {
  const rest = async (shown: number): Promise<HTMLElement[]> => {
    const some = ids.slice(shown, shown + most);
    await store.load(some);
    const notes = some.map((id) => store.get(id)).filter((note) => note !== undefined);
    return notes.map((note) => Object.assign(new NoteCard(), { note }));
  };
  const cards = await rest(0).catch(() => null);
  if (!cards) {
    announce(reader("failed"));
    return;
  }
  const title = reader("notes_here", { n: ids.length > most ? ids.length : cards.length });
  popup.open(title, cards, at, focus, scrollY, ids.length > most ? rest : null);
  announce(title);
}
