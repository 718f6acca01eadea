import { describe, expect, it } from "vitest";
import { length, slice } from "../src/text/codepoints";
import * as words from "../src/text/words";

const cut = (text: string, [start, end]: [number, number]): string => slice(text, start, end);

describe("words", () => {
  it.each([
    ["سافر إلى الميناء", ["سافر", "إلى", "الميناء"]],
    ["قال: «عاد»، ثم سكت.", ["قال", "عاد", "ثم", "سكت"]],
    ["مُعَلِّمٌ وكـــتاب", ["مُعَلِّمٌ", "وكـــتاب"]],
    ["في ٢٠١٦ و 2016", ["في", "٢٠١٦", "و", "2016"]],
    ["می‌خواهم 𐤀𐤁 x", ["می‌خواهم", "𐤀𐤁", "x"]],
    ["، …", []],
  ])("of %s", (text, expected) => {
    expect(words.words(text).map((place) => cut(text, place))).toEqual(expected);
  });
});

describe("snapping to words", () => {
  /** The selection is drawn in brackets. */
  it.each([
    ["سافر إ[لى المي]ناء مساء", "إلى الميناء"],
    ["سافر[ إلى ]الميناء", "إلى"],
    ["قال [«عا]د» ثم", "«عاد"],
    ["نهاية العنوا[ن\nبدا]ية الفقرة", "العنوان\nبداية"],
    ["كُتُ[بٌ] قديمة", "كُتُبٌ"],
  ])("in %s", (drawn, expected) => {
    const text = drawn.replace(/[[\]]/g, "");
    const start = drawn.indexOf("[");
    const end = drawn.indexOf("]") - 1;

    expect(cut(text, words.snap(text, start, end))).toBe(expected);
  });

  it("leaves nothing of blanks", () => {
    expect(words.snap("قبل   بعد", 4, 6)).toEqual([4, 4]);
  });
});

describe("going word by word", () => {
  const text = "أول ثانٍ، ثالث";

  it("forward to starts and ends", () => {
    expect(words.nextStart(text, 0)).toBe(4);
    expect(words.nextStart(text, 4)).toBe(10);
    expect(words.nextStart(text, 10)).toBe(length(text));
    expect(words.nextEnd(text, 0)).toBe(3);
    expect(words.nextEnd(text, 3)).toBe(8);
  });

  it("backward to starts and ends", () => {
    expect(words.previousStart(text, length(text))).toBe(10);
    expect(words.previousStart(text, 10)).toBe(4);
    expect(words.previousStart(text, 0)).toBe(0);
    expect(words.previousEnd(text, length(text))).toBe(8);
    expect(words.previousEnd(text, 8)).toBe(3);
  });

  it("over a desert wider than the window", () => {
    const far = `بداية${" ".repeat(700)}نهاية`;
    expect(words.nextStart(far, 2)).toBe(705);
    expect(words.previousEnd(far, 705)).toBe(5);
  });
});
