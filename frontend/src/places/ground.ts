/** What stands beside the notes of a picture or a film, and shows where they lie. */

import type { Category } from "../textlayer/spans";
import type { CommonBootstrap, MediaLocus } from "../workbench/types";
import type { Shape } from "./shapes";

/** What the page of a picture or a film hands over. */
export interface PlacesBootstrap extends CommonBootstrap {
  readonly kind: "region" | "time";
  /** Public id of the picture or the film. */
  readonly item: string;
  readonly places_url: string;
  /** Of a picture: its page, and that page's size and image service. */
  readonly page?: number;
  readonly width?: number;
  readonly height?: number;
  readonly service?: string;
  /** Whether readers are warned of the picture: then no crops of it are shown. */
  readonly is_warned?: boolean;
  /** Seconds of a film, as far as they are known. */
  readonly duration?: number | null;
}

/** Where one note lies, as `places.json` sends it; `number` counts what is on this page. */
export interface Lies {
  readonly id: string;
  readonly category: Category;
  readonly region?: Shape;
  readonly start?: number;
  readonly end?: number;
  readonly number: number;
}

export interface GroundEvents {
  /** Somebody chose what lies at a place; `focus` when it was with a key. */
  onPick(ids: readonly string[], at: DOMRect, focus: boolean): void;
  onMiss(): void;
  /** Other places are on the screen now. */
  onView(): void;
  /** A place was chosen, to write a note on. */
  onPlace(locus: MediaLocus): void;
  /** The place of what is being written was changed. */
  onEdit(locus: MediaLocus): void;
  /** The person is done with the place and goes on writing. */
  onDone(): void;
}

export interface Ground {
  show(all: readonly Lies[]): void;
  choose(id: string | null): void;
  reveal(lies: Lies): void;
  inView(lies: Lies): boolean;
  /** Where a popover about a place opens. */
  boxOf(lies: Lies): DOMRect;
  /** Show the place of what is being written, to be changed; null when nothing is. */
  writing(locus: MediaLocus | null): void;
  /** Play a part; nothing on a picture. */
  play(lies: { readonly start: number; readonly end: number }): void;
  focus(): void;
}
