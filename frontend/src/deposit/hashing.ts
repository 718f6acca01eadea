/**
 * The SHA-256 of a file as it lies on its owner's disk, read apart from what is sent of it: so that it vouches for what the
 * sender has. `crypto.subtle` takes no file by parts, and is missing on sites without https.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const SLICE = 4 * 1024 * 1024;

/** Two slices are held at once, however large the file is; rejects when it cannot be read, or became shorter. */
export async function sha256Of(file: Blob, slice = SLICE): Promise<string> {
  const hash = sha256.create();
  const read = (at: number): Promise<ArrayBuffer> => file.slice(at, at + slice).arrayBuffer();
  let next = read(0);
  for (let at = 0; at < file.size; at += slice) {
    const bytes = new Uint8Array(await next);
    if (bytes.length !== Math.min(slice, file.size - at)) throw new Error("shorter than it was");
    // The disk reads on while this slice is hashed.
    next = read(at + slice);
    hash.update(bytes);
  }
  await next;
  return bytesToHex(hash.digest());
}

/** What is asked of the thread of its own, and what it answers: no hash when the file could not be read. */
export interface Answer {
  readonly sha256: string;
}
