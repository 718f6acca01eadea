/** One file of a deposit on this side. */

import { FileRow } from "../desk/file-row";
import { pathOf } from "./dropped";

export interface Item {
  /** Chosen again when it changed, it is another object. */
  file: File;
  readonly row: FileRow;
  state: "waiting" | "sending" | "arrived" | "kept" | "failed";
  sent: number;
  /** The server's name for it. */
  id: string;
  /** Whether a new try can help when it failed, and whether that begins anew: what came does not count. */
  again: boolean;
  anew: boolean;
  /** Of the file on this side: empty while it is worked out; null: it cannot be. */
  sha256: string | null;
  told: boolean;
  stop: AbortController;
}

export function newItem(file: File): Item {
  return {
    file,
    row: new FileRow(file, pathOf(file)),
    state: "waiting",
    sent: 0,
    id: "",
    again: false,
    anew: false,
    sha256: "",
    told: false,
    stop: new AbortController(),
  };
}
