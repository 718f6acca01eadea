/** Which blocks are near the screen, so that a text of any length costs as much as a page of it. */

import type { ArticleText, TextBlock } from "./article";

/** Narrower than this the notes have no margin and come in a sheet. */
export const NARROW = "(width < 62rem)";

export interface Watched {
  /** These blocks came within a screen of the viewport (`true`) or left it. */
  onNear(moved: ReadonlyMap<TextBlock, boolean>): void;
  /** The blocks that touch the viewport changed. */
  onView(blocks: readonly TextBlock[]): void;
}

/** Watch the blocks of `text`; the result stops it. */
export function watchViewport(text: ArticleText, watched: Watched): () => void {
  const blocksOf = new Map<Element, TextBlock[]>();
  for (const block of text.blocks) {
    const known = blocksOf.get(block.element);
    if (known) known.push(block);
    else blocksOf.set(block.element, [block]);
  }
  const visible = new Set<TextBlock>();
  const near = new IntersectionObserver(
    (entries) => {
      const moved = new Map<TextBlock, boolean>();
      for (const entry of entries) {
        for (const block of blocksOf.get(entry.target) ?? []) moved.set(block, entry.isIntersecting);
      }
      watched.onNear(moved);
    },
    { rootMargin: "100% 0px" },
  );
  const view = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      for (const block of blocksOf.get(entry.target) ?? []) {
        if (entry.isIntersecting) visible.add(block);
        else visible.delete(block);
      }
    }
    watched.onView([...visible].sort((a, b) => a.start - b.start));
  });
  for (const element of blocksOf.keys()) {
    near.observe(element);
    view.observe(element);
  }
  return () => {
    near.disconnect();
    view.disconnect();
  };
}
