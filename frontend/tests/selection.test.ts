import { describe, expect, it } from "vitest";
import { directions } from "../src/selection/bidi";
import { nudged, type Passage, snapped } from "../src/selection/passage";

const text = "كَتَبَ الأمينُ رسالةً\nثم سافر";
const source = { text, start: 100 };
const words = ({ start, end }: Passage): string => text.slice(start - 100, end - 100);
const passage = (piece: string): Passage => {
  const at = text.indexOf(piece);
  return { start: 100 + at, end: 100 + at + piece.length };
};

describe("a raw selection", () => {
  it("grows to words, over the border of two paragraphs too", () => {
    const found = snapped(source, passage("سالةً\nث"), "word");

    expect(found && words(found)).toBe("رسالةً\nثم");
  });

  it("grows to letters with their marks when letters are asked for", () => {
    const found = snapped(source, { start: 101, end: 103 }, "letter");

    expect(found && words(found)).toBe("كَتَ");
  });

  it("of blanks alone is none", () => {
    expect(snapped(source, passage(" "), "word")).toBeNull();
    expect(snapped(source, passage("\n"), "letter")).toBeNull();
  });
});

describe("nudging", () => {
  it("moves either edge by a word, both ways", () => {
    const middle = passage("الأمينُ");

    expect(words(nudged(source, middle, "start", false, "word"))).toBe("كَتَبَ الأمينُ");
    expect(words(nudged(source, middle, "end", true, "word"))).toBe("الأمينُ رسالةً");
    expect(words(nudged(source, passage("الأمينُ رسالةً"), "start", true, "word"))).toBe("رسالةً");
    expect(words(nudged(source, passage("الأمينُ رسالةً"), "end", false, "word"))).toBe("الأمينُ");
  });

  it("by letters takes the marks along", () => {
    expect(words(nudged(source, passage("كَ"), "end", true, "letter"))).toBe("كَتَ");
  });

  it("never swallows the passage", () => {
    const only = passage("سافر");

    expect(nudged(source, only, "end", false, "word")).toEqual(only);
    expect(nudged(source, only, "start", true, "word")).toEqual(only);
  });
});

describe("the direction of letters", () => {
  const drawn = (line: string, base: "rtl" | "ltr"): string =>
    directions([...line], base)
      .map((way) => (way === "rtl" ? "R" : "L"))
      .join("");

  it.each([
    ["سنة 2016 هـ", "rtl", "RRRRLLLLRRR"],
    ["من London، ثم", "rtl", "RRRLLLLLLRRRR"],
    ["٢٠١٦/٤", "rtl", "LLLLLL"],
    ["in حلب, 1911", "ltr", "LLLRRRLLLLLL"],
    ["…", "rtl", "R"],
  ] as const)("in %s (%s)", (line, base, expected) => {
    expect(drawn(line, base)).toBe(expected);
  });
});
