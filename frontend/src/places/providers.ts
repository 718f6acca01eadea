/**
 * Talking with the players of YouTube and Vimeo in their frames, by the messages that they document. No script of theirs
 * is loaded here. Of other players we know no seconds; times are then typed.
 */

const YOUTUBE = "https://www.youtube-nocookie.com";
const VIMEO = "https://player.vimeo.com";

export interface Heard {
  readonly now?: number;
  readonly length?: number;
}

/** Read what a player says: its seconds, that it is ready to be asked, or nothing of use. */
export function readMessage(origin: string, data: unknown): Heard | "ready" | null {
  if (origin !== YOUTUBE && origin !== VIMEO) return null;
  const said = parsed(data);
  if (origin === YOUTUBE) {
    const info = part(said.info);
    return heard(info.currentTime, info.duration);
  }
  if (said.event === "ready") return "ready";
  const told = part(said.data);
  return said.event === "timeupdate" || said.event === "playProgress"
    ? heard(told.seconds, told.duration)
    : null;
}

/** Return what is sent to a player: to tell its seconds, to play from a second, or to stop. */
export function messagesTo(origin: string, what?: number | "pause"): string[] {
  if (origin === YOUTUBE) {
    const command = (func: string, ...args: unknown[]): string =>
      JSON.stringify({ event: "command", func, args });
    if (what === undefined) return [JSON.stringify({ event: "listening", id: 1, channel: "widget" })];
    return what === "pause" ? [command("pauseVideo")] : [command("seekTo", what, true), command("playVideo")];
  }
  if (origin !== VIMEO) return [];
  const method = (name: string, value?: unknown): string => JSON.stringify({ method: name, value });
  if (what === undefined) return [method("addEventListener", "timeupdate")];
  return what === "pause" ? [method("pause")] : [method("setCurrentTime", what), method("play")];
}

/** Send them to the player in a frame. */
export function tellPlayer(frame: HTMLIFrameElement, what?: number | "pause"): void {
  const { origin } = new URL(frame.src, document.baseURI);
  for (const message of messagesTo(origin, what)) frame.contentWindow?.postMessage(message, origin);
}

/** Return a player's address with which it answers messages. */
export function answering(embed: string, page: string): string {
  const url = new URL(embed);
  if (url.origin !== YOUTUBE) return embed;
  url.searchParams.set("enablejsapi", "1");
  url.searchParams.set("origin", page);
  return url.href;
}

function heard(now: unknown, length: unknown): Heard | null {
  const found = {
    ...(typeof now === "number" && Number.isFinite(now) ? { now } : {}),
    ...(typeof length === "number" && length > 0 ? { length } : {}),
  };
  return Object.keys(found).length > 0 ? found : null;
}

function parsed(data: unknown): Record<string, unknown> {
  if (typeof data !== "string") return part(data);
  try {
    return part(JSON.parse(data));
  } catch {
    return {};
  }
}

function part(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
