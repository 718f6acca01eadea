/** What every deep zoom of a page needs: a source of tiles, and a page policy that is kept. */

import type OpenSeadragon from "openseadragon";

export type Source = OpenSeadragon.TileSourceSpecifier;

/** Return what the service says of itself, under the address at which this page reaches it. */
export async function sourceOf(service: string): Promise<Source> {
  const answer = await fetch(`${service}/info.json`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const said = (await answer.json()) as Record<string, unknown>;
  return { ...said, id: service } as unknown as Source;
}

/**
 * OpenSeadragon writes a style sheet into the page unless it finds its own there, which the page's policy refuses. What
 * it finds here is an element that is none of HTML's; `zoom.css` speaks of the focus itself.
 */
export function keepStylesOut(): void {
  const name = "data-openseadragon-mobile-css";
  if (document.querySelector(`style[${name}]`)) return;
  const mark = document.createElementNS(null, "style");
  mark.setAttribute(name, "true");
  document.head.append(mark);
}
