/** One file on its way to the server, with progress; `fetch` cannot tell how much was sent. */

import { csrfToken } from "../lib/http";

/** What the server says of a file that it took. */
export interface Receipt {
  readonly url: string;
  /** The address of the job that reads it, if one does. */
  readonly job?: string;
  readonly sha256?: string;
}

export type Sent =
  | { readonly kind: "received"; readonly receipt: Receipt }
  /** It is here already: the server's words, and the page on which one chooses what to do. */
  | { readonly kind: "here"; readonly words: string; readonly choose: string }
  /** The server's own words, or none. */
  | { readonly kind: "refused"; readonly status: number; readonly words: string }
  | { readonly kind: "broken" };

export function sendFile(
  action: string,
  form: FormData,
  onProgress: (done: number, whole: number) => void,
): Promise<Sent> {
  return new Promise((resolve) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", action);
    sending.responseType = "json";
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("X-CSRFToken", csrfToken());
    sending.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
    sending.addEventListener("load", () => resolve(outcome(sending)));
    for (const type of ["error", "timeout", "abort"]) {
      sending.addEventListener(type, () => resolve({ kind: "broken" }));
    }
    sending.send(form);
  });
}

function outcome(sending: XMLHttpRequest): Sent {
  const { status } = sending;
  const body = (sending.response ?? {}) as Receipt & { sentence?: string; detail?: string; choose?: string };
  if (status >= 200 && status < 300 && body.url) return { kind: "received", receipt: body };
  if (status === 409 && body.choose) return { kind: "here", words: body.sentence ?? "", choose: body.choose };
  return { kind: "refused", status, words: body.sentence ?? body.detail ?? "" };
}
