/**
 * The words beside a film: `<ol data-transcript><li data-from="1500" data-to="4000"><a class="transcript__time" href>`,
 * times in milliseconds. A time leads into the archive's own player where there is one that shows; the line that is said
 * is marked and kept in view. Without script, or without that player, the times are links.
 */

import { scrollPanel } from "../lib/scroll";

interface Line {
  readonly element: HTMLElement;
  readonly from: number;
  readonly to: number;
}

/** For so long after a reader has scrolled the words, they stay where they are. */
const RESTS = 5000;

export function followFilm(): void {
  const list = document.querySelector<HTMLElement>("[data-transcript]");
  const film = document.querySelector<HTMLMediaElement>("[data-film] :is(video, audio)");
  if (!list || !film) return;
  const lines = linesOf(list);
  list.addEventListener("click", (event) => {
    const time = (event.target as Element).closest<HTMLAnchorElement>("a.transcript__time");
    const line = time && lines.find((one) => one.element.contains(time));
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey || !shows(film)) return;
    event.preventDefault();
    film.currentTime = line.from / 1000;
    void film.play().catch(() => undefined);
  });
  let scrolled = Number.NEGATIVE_INFINITY;
  for (const kind of ["wheel", "touchmove", "keydown"]) {
    const note = () => {
      scrolled = performance.now();
    };
    list.addEventListener(kind, note, { passive: true });
  }
  let current: Line | undefined;
  film.addEventListener("timeupdate", () => {
    const said = lineAt(lines, film.currentTime * 1000);
    if (said === current) return;
    current?.element.removeAttribute("aria-current");
    said?.element.setAttribute("aria-current", "true");
    current = said;
    if (said && performance.now() - scrolled > RESTS) scrollPanel(list, said.element);
  });
}

function linesOf(list: HTMLElement): Line[] {
  return [...list.querySelectorAll<HTMLElement>("[data-from]")].map((element) => ({
    element,
    from: Number(element.dataset.from),
    to: Number(element.dataset.to),
  }));
}

/** Return what is said at a moment: of lines that overlap, the one that began last. */
export function lineAt<L extends { readonly from: number; readonly to: number }>(
  lines: readonly L[],
  at: number,
): L | undefined {
  return lines.findLast((line) => line.from <= at && at < Math.max(line.to, line.from + 1));
}

/** Whether the player is on the page to be seen: not folded away. */
function shows(film: HTMLMediaElement): boolean {
  return film.closest<HTMLDetailsElement>("details")?.open ?? true;
}
