/** Where readers stopped, release by release: pure values; `stopped.ts` meets the page. */

/** Releases whose places are kept; who reads more than that forgets the one they were in longest ago. */
const MOST = 40;
/** Code points of the words at which somebody stopped. */
const WORDS = 40;

/** A place, as the address of a passage names it. */
export type Place = readonly [start: number, end: number];
/** By the path of the release, in the order in which they were read, the newest last. */
export type Places = Readonly<Record<string, Place>>;

/** Return what is kept; what was spoiled counts as nothing. */
export function placesOf(kept: string | null): Places {
  try {
    const read: unknown = JSON.parse(kept ?? "{}");
    const rows = typeof read === "object" && read !== null ? Object.entries(read) : [];
    return Object.fromEntries(rows.filter((row): row is [string, Place] => isPlace(row[1])));
  } catch {
    return {};
  }
}

/** Return `places` with one more, or with another in its stead; the oldest goes where there are too many. */
export function withPlace(places: Places, release: string, place: Place): Places {
  return Object.fromEntries([...Object.entries(without(places, release)), [release, place]].slice(-MOST));
}

export function without(places: Places, release: string): Places {
  return Object.fromEntries(Object.entries(places).filter(([name]) => name !== release));
}

/** Return the first words of a block as a place of the text: no word is cut, and no letter from its marks. */
export function firstWords(text: string, start: number): Place {
  const points = [...text];
  if (points.length <= WORDS) return [start, start + points.length];
  const space = points.slice(0, WORDS).findLastIndex((point) => /\s/.test(point));
  const end = space > 0 ? space : points.findIndex((point) => /\s/.test(point));
  return [start, start + (end > 0 ? end : points.length)];
}

function isPlace(value: unknown): value is Place {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [start, end] = value as unknown[];
  return (
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    0 <= Number(start) &&
    Number(start) < Number(end)
  );
}
