/** The server as the workbench of a picture or a film sees it. */

import type { Note } from "../textlayer/notes";
import { Serving } from "../workbench/serving";
import type { Draft, Outcome } from "../workbench/types";
import type { PlacesBootstrap } from "./ground";
import { fetchOwn, noteOf } from "./store";

export class PlaceService extends Serving<PlacesBootstrap> {
  constructor(data: PlacesBootstrap) {
    super(data, data.item);
  }

  override get picks(): boolean {
    return false;
  }

  override async submittable(): Promise<Note[]> {
    const notes = await fetchOwn(this.data.annotations_url);
    return notes.filter(({ actions }) => actions.includes("submit"));
  }

  override async save(draft: Draft, note: Note | null, key: string): Promise<Outcome> {
    const outcome = await super.save(draft, note, key);
    return outcome.kind === "saved" ? { ...outcome, note: noteOf(outcome.note) } : outcome;
  }

  protected override placing({ locus }: Draft): object {
    if (locus.kind === "region") return { region: locus.region };
    return locus.kind === "time" ? { start: locus.start, end: locus.end } : {};
  }
}
