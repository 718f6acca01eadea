/** Talking JSON with the server. An answer is a value, whatever its status; only a broken connection throws. */

import { interfaceLanguage } from "../i18n";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  /** The parsed body; an empty object when there is none or it is not JSON. */
  readonly data: T;
}

export interface Sending {
  readonly body?: unknown;
  /** The version that was read, for `If-Match`. */
  readonly version?: string;
  /** Let the request outlive the page. */
  readonly keepalive?: boolean;
}

export async function request<T>(method: Method, url: string, sending: Sending = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json", ...inThisLanguage() };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (sending.body !== undefined) headers["Content-Type"] = "application/json";
  if (sending.version !== undefined) headers["If-Match"] = `"${sending.version}"`;
  const response = await fetch(url, {
    method,
    headers,
    credentials: "same-origin",
    keepalive: sending.keepalive ?? false,
    ...(sending.body === undefined ? {} : { body: JSON.stringify(sending.body) }),
  });
  return { ok: response.ok, status: response.status, data: await parse<T>(response) };
}

async function parse<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    return {} as T;
  }
}

/** What asks for words in the language of the page: addresses without one follow the browser's, which may be another. */
export function inThisLanguage(): Readonly<Record<string, string>> {
  return { "Accept-Language": interfaceLanguage() };
}

/** The token that Django expects back, from the page or from its cookie. */
export function csrfToken(): string {
  const told =
    document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ??
    document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  return told || (/(?:^|;\s*)(?:__Secure-|__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "");
}
