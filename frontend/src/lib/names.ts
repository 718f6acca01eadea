/** Names of files as people may be shown them. */

/** Controls, and signs that turn the letters after them: with these `malware.exe` can be made to look like a picture. */
const HIDDEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Return a name without the signs that nobody sees, so that it reads as it is written. */
export function shownName(name: string): string {
  return name.replace(HIDDEN, "");
}
