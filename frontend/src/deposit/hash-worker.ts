/** Hashes one file after the other in a thread of its own, so that the page stays quick. */

import { type Answer, sha256Of } from "./hashing";

addEventListener("message", ({ data }: MessageEvent<Blob>) => {
  const answer = (sha256: string): void => postMessage({ sha256 } satisfies Answer);
  void sha256Of(data).then(answer, () => answer(""));
});
