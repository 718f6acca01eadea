/** Addresses of places in a page: `#note-<id>` and `#at-<start>-<end>`. */

export type Address = { readonly note: string } | { readonly start: number; readonly end: number };

export function parseAddress(hash: string): Address | null {
  const passage = /^#at-(\d+)-(\d+)$/.exec(hash);
  if (passage) {
    const [start, end] = [Number(passage[1]), Number(passage[2])];
    return start < end ? { start, end } : null;
  }
  const note = /^#note-(.+)$/.exec(hash);
  return note?.[1] ? { note: decodeURIComponent(note[1]) } : null;
}
