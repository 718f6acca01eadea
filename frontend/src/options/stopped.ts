/**
 * The place where a reader stopped in a release, kept in this browser alone: a quiet offer above the text, never a jump.
 *
 * It is kept by the release's lasting address, so that both languages share it, as the address of a passage: another part of
 * the text is opened by the link itself. It is forgotten at the end of the text, and when the reader says so.
 */

import { icon } from "../icons/icon";
import { announce } from "../lib/announce";
import { button, h, spaced } from "../lib/dom";
import { chosenOf } from "./choices";
import { t } from "./messages";
import { firstWords, type Place, placesOf, without, withPlace } from "./places";
import { readBlock } from "./steady";

const KEY = "hashiya.places";
/** Milliseconds between two looks at where the reader is. */
const LOOKING = 500;

let isFollowing = false;

/** Offer the place that is kept of the release in `article`, and keep where its reader is from now on. */
export function followPlace(article: HTMLElement): void {
  if (isFollowing) return;
  isFollowing = true;
  const release = new URL(article.dataset.permalink ?? "", document.baseURI).pathname;
  const before = read()[release];
  const offered = before && isAsked() ? offer(article, before, () => forget(release)) : null;
  const look = (): void => {
    const block = chosenOf(document.documentElement.dataset).place === "on" ? readBlock() : null;
    // Whoever has not begun has not stopped; an offer stands until it is answered, or read past.
    if (!block || !isBegun(article, block)) return;
    const place = firstWords(block.textContent ?? "", Number(block.dataset.start));
    if (place[0] === place[1] || (offered?.isConnected && before && place[0] < before[0])) return;
    offered?.remove();
    if (isAtEnd(article)) forget(release);
    else write(withPlace(read(), release, place));
  };
  addEventListener("scroll", spaced(LOOKING, look), { passive: true });
}

/** Forget the places of every release, for who does not want them kept. */
export function forgetPlaces(): void {
  write({});
  document.querySelector(".stopped")?.remove();
}

/** Whether the page was opened at its beginning: no address leads into it, and it does not come back where it was left. */
function isAsked(): boolean {
  const query = new URLSearchParams(location.search);
  const leads = location.hash || ["note", "at"].some((name) => query.has(name));
  return !leads && !isTurned() && scrollY < innerHeight / 2;
}

/** Whether this is one more part of a release that is being read. */
function isTurned(): boolean {
  const { referrer } = document;
  return (
    referrer !== "" &&
    new URL(referrer).origin + new URL(referrer).pathname === location.origin + location.pathname
  );
}

function offer(article: HTMLElement, place: Place, forget: () => void): HTMLElement {
  const at = place.join("-");
  const isHere = isWithin(article, place);
  const forgetting = button("", "button button--quiet button--icon button--small", () => {
    forget();
    line.remove();
    announce(t("forgotten"));
    article.closest<HTMLElement>("main")?.focus({ preventScroll: true });
  });
  forgetting.setAttribute("aria-label", t("forget"));
  forgetting.title = t("forget");
  forgetting.append(icon("close"));
  const line = h(
    "p",
    { class: "stopped no-print" },
    h(
      "a",
      { class: "stopped__link", href: isHere ? `#at-${at}` : `?at=${at}#at-${at}` },
      icon("book"),
      t("continue"),
    ),
    forgetting,
  );
  line.querySelector("a")?.addEventListener("click", () => {
    line.remove();
    goOn(place);
  });
  article.before(line);
  return line;
}

/** The address brings the words to the screen; who goes on by keys, or hears the page, goes on from there. */
function goOn([start]: Place): void {
  const block = document.querySelector<HTMLElement>(`#text .block[data-start="${start}"]`);
  if (!block) return;
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
}

function isWithin(article: HTMLElement, [start]: Place): boolean {
  const first = Number(article.dataset.start ?? 0);
  return first <= start && start < first + Number(article.dataset.length ?? 0);
}

/** The first block of the whole text is where everybody comes in. */
function isBegun(article: HTMLElement, block: HTMLElement): boolean {
  return (
    Number(block.dataset.start) > 0 && (scrollY > innerHeight / 3 || Number(article.dataset.start ?? 0) > 0)
  );
}

/** Who goes to what stands below the text, to cite it or look something up, has not read it to its end: that is not seen then. */
function isAtEnd(article: HTMLElement): boolean {
  const more = article.parentElement?.querySelector("a[rel=next]");
  const { bottom } = article.getBoundingClientRect();
  // Pages are scrolled by whole pixels, and texts are as long as their fonts make them.
  return !more && 0 < bottom && bottom < innerHeight + 1;
}

function forget(release: string): void {
  write(without(read(), release));
}

function read(): ReturnType<typeof placesOf> {
  try {
    return placesOf(localStorage.getItem(KEY));
  } catch {
    return {}; // Storage that is off remembers nothing.
  }
}

function write(places: ReturnType<typeof placesOf>): void {
  try {
    if (Object.keys(places).length > 0) localStorage.setItem(KEY, JSON.stringify(places));
    else localStorage.removeItem(KEY);
  } catch {
    // The place is then not remembered.
  }
}
