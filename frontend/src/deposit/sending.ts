/** One file on its way in pieces (tus): announced, sent from where it stopped, tried again while the network is away. */

import { Upload } from "tus-js-client";
import { csrfToken, inThisLanguage, request } from "../lib/http";
import { pathOf } from "./dropped";
import { keyOf } from "./key";

export interface Hooks {
  /** The server knows of the file; all that is told of it from now on names it so. */
  readonly onAnnounced: (item: string) => void;
  /** The file itself cannot be read any more. */
  readonly onUnreadable: () => void;
  /** The line broke, or the server does not answer; it is tried again by itself. */
  readonly onStalled: () => void;
  readonly onProgress: (done: number, whole: number) => void;
  /** All bytes are there; the worker has the rest to do. */
  readonly onArrived: (item: string) => void;
  /** The server's own words, or none when the connection is gone; `again` tells whether a new try can help. */
  readonly onFailed: (words: string, again: boolean) => void;
}

const PIECE = 8 * 1024 * 1024;
/** Waits in milliseconds; a cable that was pulled is usually back within some minutes. */
const WAITS = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000, 60_000];
/** Refusals that pass: the file stands elsewhere than we think, or another window is sending it. */
const PASSING = [409, 423];
const VERSION = { "Tus-Resumable": "1.0.0" };

/** Files of one list, as many as the server takes at most, with room to spare for long paths. */
const LISTED = 200;

/**
 * Tell the server of all that is about to be sent: what never comes then stands on the receipt as not here. Returns how
 * many of the files it was told of; fewer than all when the connection went away.
 */
export async function listFiles(files: readonly File[], place: string): Promise<number> {
  for (let at = 0; at < files.length; at += LISTED) {
    const rows = files.slice(at, at + LISTED).map((file) => {
      const path = pathOf(file);
      return { name: file.name, size: file.size, key: keyOf(file, path), path: path.slice(-1000) };
    });
    const answer = await request("POST", `${place}list`, { body: { files: rows } }).catch(() => null);
    // A refusal is said again, in words, beside each file that is announced by itself.
    if (!answer || answer.status >= 500) return at;
  }
  return files.length;
}

export interface Sending {
  readonly file: File;
  /** The hash of the whole file; empty: it is still being worked out, and told later. */
  readonly sha256: string;
  /** Stops the sending; no hook is called afterwards. */
  readonly signal: AbortSignal;
}

export async function sendInPieces(sending: Sending, place: string, hooks: Hooks): Promise<void> {
  const { file, signal } = sending;
  const announced = await announce(sending, place);
  if (signal.aborted) return;
  if ("words" in announced) return hooks.onFailed(announced.words, announced.again);
  const item = announced.address.split("/").at(-1) ?? "";
  hooks.onAnnounced(item);
  if (announced.offset === file.size) return hooks.onArrived(item);
  await new Promise<void>((resolve) => {
    const upload = new Upload(file, {
      uploadUrl: announced.address,
      chunkSize: PIECE,
      retryDelays: WAITS,
      storeFingerprintForResuming: false,
      headers: { "X-CSRFToken": csrfToken(), ...inThisLanguage() },
      onProgress: (done, whole) => hooks.onProgress(done, whole ?? file.size),
      onSuccess: () => {
        hooks.onArrived(item);
        resolve();
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        // A file that cannot be read looks like a line that broke.
        if (status === 0) void isReadable(file).then((is) => is || signal.aborted || hooks.onUnreadable());
        const again = (status < 400 || status >= 500 || PASSING.includes(status)) && navigator.onLine;
        if (again && !signal.aborted && !PASSING.includes(status)) hooks.onStalled();
        return again;
      },
      onError: (error) => {
        const answer = "originalResponse" in error ? error.originalResponse : null;
        const status = answer?.getStatus() ?? 0;
        hooks.onFailed(wordsOf(answer?.getBody() ?? ""), status === 0 || status >= 500 || status === 423);
        resolve();
      },
    });
    signal.addEventListener("abort", () => void upload.abort().finally(resolve));
    upload.start();
  });
}

type Announced =
  | { readonly address: string; readonly offset: number }
  | { readonly words: string; readonly again: boolean };

/** The server knows a file that it has met before, so nothing is kept in this browser. */
async function announce({ file, sha256 }: Sending, place: string): Promise<Announced> {
  const path = pathOf(file);
  const named = `filename ${base64(file.name)},key ${base64(keyOf(file, path))}`;
  // The end of a long path tells more than its beginning, and headers have a limit.
  const lay = path ? `,path ${base64(path.slice(-1000))}` : "";
  const metadata = `${named}${lay},${sha256 ? `sha256 ${base64(sha256)}` : "hashing"}`;
  const headers = {
    ...VERSION,
    ...inThisLanguage(),
    "X-CSRFToken": csrfToken(),
    "Upload-Length": String(file.size),
    "Upload-Metadata": metadata,
  };
  const response = await fetch(place, { method: "POST", headers, credentials: "same-origin" }).catch(
    () => null,
  );
  if (!response) return { words: "", again: true };
  const address = response.headers.get("Location");
  if (response.ok && address) return { address, offset: Number(response.headers.get("Upload-Offset")) };
  return { words: wordsOf(await response.text()), again: response.status >= 500 };
}

async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

function wordsOf(body: string): string {
  try {
    return String((JSON.parse(body) as { sentence?: string }).sentence ?? "");
  } catch {
    return "";
  }
}

function base64(words: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(words)));
}
