/** Telling the server the hash of one's own file, tried again while the network is away. */

import { request } from "../lib/http";

/** Waits in milliseconds before each try; a file waits a quarter of an hour for its hash. */
const WAITS = [0, 1_000, 5_000, 15_000, 30_000, 60_000, 120_000, 240_000];

export interface Told {
  /** Why it was refused, in the server's words; else empty. */
  readonly sentence: string;
  /** What it says of a file that is kept: "same", "differs"; empty: that is not known yet. */
  readonly compared: string;
}

/** `sha256` is null when none will come. */
export async function tellHash(place: string, item: string, sha256: string | null): Promise<Told> {
  for (const wait of WAITS) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const answer = await request<Partial<Told>>("PUT", `${place}${item}/sha256`, { body: { sha256 } }).catch(
      () => null,
    );
    if (answer && answer.status < 500) return { sentence: "", compared: "", ...answer.data };
  }
  return { sentence: "", compared: "" };
}
