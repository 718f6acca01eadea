/**
 * Folding: the shadow of a text in which spellings that readers take for one are one.
 *
 * The same rules in the same order as `archive/text/folding.py`, proved by `tests/vectors/folding.json`;
 * change both or neither. Stored text is never folded. Offsets are code points.
 */

/** Letters that are written for each other, after decomposition. */
const LETTERS: Readonly<Record<string, string>> = {
  ٱ: "ا",
  ى: "ي",
  ة: "ه",
  ک: "ك",
  ڪ: "ك",
  ی: "ي",
  ے: "ي",
  ہ: "ه",
  ۃ: "ه",
  ە: "ه",
  ھ: "ه",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ł: "l",
  ı: "i",
  "﷽": "بسم الله الرحمن الرحيم",
};

/** What leaves no trace: marks, tatweel, joiners, controls. */
const DROPPED = new RegExp(
  `[${[
    "\\u00ad",
    "\\u02be-\\u02bf",
    "\\u0300-\\u036f",
    "\\u0483-\\u0489",
    "\\u0591-\\u05bd",
    "\\u05bf",
    "\\u05c1-\\u05c2",
    "\\u05c4-\\u05c5",
    "\\u05c7",
    "\\u0610-\\u061a",
    "\\u061c",
    "\\u0640",
    "\\u064b-\\u065f",
    "\\u0670",
    "\\u0674",
    "\\u06d6-\\u06dc",
    "\\u06df-\\u06e8",
    "\\u06ea-\\u06ed",
    "\\u0711",
    "\\u0730-\\u074a",
    "\\u0898-\\u089f",
    "\\u08ca-\\u08ff",
    "\\u1ab0-\\u1aff",
    "\\u1dc0-\\u1dff",
    "\\u200c-\\u200f",
    "\\u202a-\\u202e",
    "\\u2060-\\u2064",
    "\\u2066-\\u2069",
    "\\u20d0-\\u20ff",
    "\\ufe00-\\ufe0f",
    "\\ufe20-\\ufe2f",
    "\\ufeff",
  ].join("")}]`,
);

/** Of the dropped ones, those that direct the text and belong to no letter. */
const CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;

/** What Python's `str.isspace` holds for blank. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts the four separators as blanks.
const BLANK = /^[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/;
const PRESENTATION = /[\ufb50-\ufefc]/;

export interface Folded {
  readonly text: string;
  /** For each code point of `text`, the code point of the source that gave it. */
  readonly starts: readonly number[];
  readonly source: string;
}

const memory = new Map<string, string>();

/** Return what one code point leaves in folded text. */
export function foldCharacter(character: string): string {
  let folded = memory.get(character);
  if (folded === undefined) {
    folded = fresh(character);
    memory.set(character, folded);
  }
  return folded;
}

function fresh(character: string): string {
  if (DROPPED.test(character)) return "";
  if (character <= "\u007f") return character.toLowerCase();
  const decomposed = caseFold(character.normalize("NFKD")).normalize("NFKD");
  const kept = [...decomposed].map((letter) => (DROPPED.test(letter) ? "" : foldLetter(letter))).join("");
  if (BLANK.test(kept) && !BLANK.test(character)) return PRESENTATION.test(character) ? "" : character;
  return kept.normalize("NFC");
}

/** What full case folding does beyond lower case, once the text is decomposed; Cherokee folds upwards. */
const CASES: Readonly<Record<string, string>> = {
  ß: "ss",
  ς: "σ",
  "\u0345": "ι",
  ᲀ: "в",
  ᲁ: "д",
  ᲂ: "о",
  ᲃ: "с",
  ᲄ: "т",
  ᲅ: "т",
  ᲆ: "ъ",
  ᲇ: "ѣ",
  ᲈ: "ꙋ",
};

function caseFold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßς\u1c80-\u1c88]|\u0345/g, (letter) => CASES[letter] ?? letter)
    .replace(/[\uab70-\uabbf\u13f8-\u13fd]/g, (letter) => letter.toUpperCase());
}

function foldLetter(letter: string): string {
  const twin = LETTERS[letter];
  if (twin !== undefined) return twin;
  if (BLANK.test(letter) || letter === "\u200b") return " ";
  return /\p{Nd}/u.test(letter) ? String(digit(letter)) : letter;
}

/** Decimal digits stand in whole runs of ten, so the distance from the start of the run tells a digit's value. */
function digit(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}

/** Fold a text, keeping the way back to its code points. */
export function fold(source: string): Folded {
  const starts: number[] = [];
  let text = "";
  let place = 0;
  for (const character of source) {
    const folded = foldCharacter(character);
    for (const _ of folded) starts.push(place);
    text += folded;
    place += 1;
  }
  return { text, starts, source };
}

/** Fold a text for comparison only. */
export function foldKey(text: string): string {
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** Return `[start, end)` of the source for `[start, end)` of the folded text, with the marks of its last letter. */
export function sourceSpan(folded: Folded, start: number, end: number): [number, number] {
  const source = [...folded.source];
  if (start >= end) {
    const place = folded.starts[start] ?? source.length;
    return [place, place];
  }
  const last = (folded.starts[end - 1] ?? source.length - 1) + 1;
  let solid = last;
  for (let place = last; DROPPED.test(source[place] ?? ""); place += 1) {
    if (!CONTROL.test(source[place] ?? "")) solid = place + 1;
  }
  return [folded.starts[start] ?? 0, solid];
}
