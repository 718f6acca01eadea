/**
 * The numerals of the page: numbers of notes, dates, counts, in the digits that the reader has chosen.
 *
 * The server writes 0 to 9 everywhere, since its pages are the same bytes for all. Here they are written over where the page
 * itself speaks: in what is marked `data-digits`, in times and numbers, in the notes' cards around their words. Never in what
 * somebody wrote, which is evidence or a name: the text (of which no letter may change, nor any offset), quotations and notes
 * have their `lang`, titles and names stand in `bdi`, and both are left alone.
 *
 * Not covered: labels that are only read out, tooltips, citations and licenses (which are copied), sizes of downloads,
 * numbers of the lists of the text, and pages that are not read (`<html data-reading>` says which are).
 */

const ARAB = "٠١٢٣٤٥٦٧٨٩";
/** Where the page writes numbers. */
const WRITTEN =
  "[data-digits], .numeric, time, [data-notes] > .note, .notes-popover > .note, .notes-sheet > .note";
/** What stands within, and is somebody's words. */
const THEIRS = "bdi, [lang], [dir=auto], code, .hash, .ltr, input, textarea, select, noscript";
/** Numbers that a style sheet shows. */
const SHOWN = ["count", "number"] as const;

/** Return `text` with its digits in Arabic-Indic or Latin. */
export function inDigits(text: string, arab: boolean): string {
  return arab
    ? text.replace(/\d/g, (digit) => ARAB[Number(digit)] ?? digit)
    : text.replace(/[٠-٩]/g, (digit) => String(ARAB.indexOf(digit)));
}

/** Write the page's numbers as the root element says, under `root`. */
export function showDigits(root: ParentNode = document): void {
  const arab = document.documentElement.dataset.numerals === "arab";
  const written = [...root.querySelectorAll(WRITTEN)];
  if (root instanceof Element && root.matches(WRITTEN)) written.push(root);
  for (const text of written.flatMap(ownTexts)) write(text, arab);
  for (const name of SHOWN) {
    for (const element of root.querySelectorAll<HTMLElement>(`a[data-${name}]`)) {
      const value = element.dataset[name] ?? "";
      if (inDigits(value, arab) !== value) element.dataset[name] = inDigits(value, arab);
    }
  }
}

let isFollowing = false;

/** Write them now, and in cards that come later. */
export function followDigits(): void {
  showDigits();
  if (isFollowing) return;
  isFollowing = true;
  const late = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const added of addedNodes) if (added instanceof Element) showDigits(added);
  });
  for (const place of [document.body, document.querySelector("[data-notes]")])
    if (place) late.observe(place, { childList: true });
}

function write(text: Text, arab: boolean): void {
  const data = inDigits(text.data, arab);
  if (data !== text.data) text.data = data;
}

function ownTexts(root: Element): Text[] {
  const found: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(THEIRS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) if (walker.currentNode instanceof Text) found.push(walker.currentNode);
  return found;
}
