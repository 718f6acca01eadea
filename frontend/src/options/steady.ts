/** Keeping the words that are read where they are on the screen while the page around them changes its shape. */

/** Frames in which the page may still be moving: notes find their new places in the one after the next. */
const FRAMES = 4;

/** Do `change`, and bring the line that stood at a third of the screen back there, however the text was laid out anew. */
export function steadily(change: () => void): void {
  const block = readBlock();
  const top = block?.getBoundingClientRect().top ?? 0;
  change();
  if (!block) return;
  const hold = (left: number): void => {
    const moved = block.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
    if (left > 0) requestAnimationFrame(() => hold(left - 1));
  };
  hold(FRAMES);
}

/** Return the block of the text that stands at a third of the screen, or none where the text has not begun there. */
export function readBlock(): HTMLElement | null {
  const blocks = document.querySelectorAll<HTMLElement>("#text .block[data-start]");
  const line = innerHeight / 3;
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.getBoundingClientRect().top ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const found = blocks[low - 1] ?? null;
  return found && found.getBoundingClientRect().bottom > 0 ? found : null;
}
