/** After a text was revised its notes arrive one after the other: they are painted as they come. */

import type { TextLayer } from "../textlayer/layer";

const PAUSE = 2_500;

/** While the page says that notes are being carried over (`[data-carrying]`), ask again; then take the word away. */
export function watchCarrying(layer: TextLayer, onArrived: () => void): void {
  const note = document.querySelector<HTMLElement>("[data-carrying]");
  if (!note) return;
  const look = async (): Promise<void> => {
    const carrying = await layer.refresh();
    onArrived();
    if (carrying === 0) note.remove();
    else setTimeout(() => void look(), PAUSE);
  };
  setTimeout(() => void look(), PAUSE);
}
