/**
 * Times in a film as people write them: 1:05.5, 1:02:05, 65.5; in Arabic or European digits.
 *
 * The same vectors (`tests/vectors/times.json`) test the server's part (`annotations/anchoring/times.py`).
 */

const LONGEST = 1_000_000;
const TIME = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.(\d{1,3}))?$/;

/** Return the seconds that somebody typed; null for what is no time. */
export function secondsOf(words: string): number | null {
  const found = TIME.exec(european(words.trim()));
  if (!found) return null;
  const [, hours, minutes, seconds, part] = found;
  if (minutes !== undefined && Number(seconds) >= 60) return null;
  if (hours !== undefined && Number(minutes) >= 60) return null;
  const whole = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  // Whole thousandths first, as on the server.
  const thousandths = whole * 1000 + Number((part ?? "0").padEnd(3, "0"));
  return thousandths <= LONGEST * 1000 ? thousandths / 1000 : null;
}

/** Write a time as it is typed, to the thousandth. */
export function written(seconds: number): string {
  const thousandths = Math.floor(seconds * 1000 + 0.5);
  const whole = Math.floor(thousandths / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const said = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  const part = thousandths % 1000;
  return part ? `${said}.${String(part).padStart(3, "0").replace(/0+$/, "")}` : said;
}

/** Write the part between two times, or the one moment. */
export function writtenPart({ start, end }: { readonly start: number; readonly end: number }): string {
  return start === end ? written(start) : `${written(start)}–${written(end)}`;
}

/** Digits and marks of Arabic and Persian as European ones. */
export function european(words: string): string {
  return words
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٫،,]/g, ".");
}
