/**
 * A name for a file by which the server knows it when it is chosen again: of its name, size and time of change, and of
 * where it lay when that is known: two folders may hold files that are alike in all of these.
 *
 * FNV-1a in two runs of 32 bits, since `crypto.subtle` is missing on sites without https. It only tells the files of one
 * deposit apart; what a file holds is hashed by the server.
 */
export function keyOf(
  { name, size, lastModified }: Pick<File, "name" | "size" | "lastModified">,
  path = "",
): string {
  const words = `${path || name}\n${size}\n${lastModified}`;
  return `${fnv(words, 0x811c9dc5)}${fnv(words, 0x01234567)}-${size.toString(36)}-${lastModified.toString(36)}`;
}

function fnv(words: string, seed: number): string {
  let hash = seed;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
