import { describe, expect, it } from "vitest";
import { length, slice, toPoints, toUnits } from "../src/text/codepoints";
import { quote } from "../src/text/quote";
import { loadFile } from "./vectors";

interface OffsetVectors {
  readonly offsets: readonly { name: string; text: string; utf16: number[] }[];
  readonly quotes: readonly {
    name: string;
    text: string;
    start: number;
    end: number;
    context: number;
    exact: string;
    prefix: string;
    suffix: string;
  }[];
}

const vectors = loadFile<OffsetVectors>("offsets.json");

describe.each(vectors.offsets)("offsets: $name", ({ text, utf16 }) => {
  it("count code points as Python does", () => {
    expect(length(text)).toBe(utf16.length - 1);
  });

  it("convert both ways", () => {
    utf16.forEach((unit, point) => {
      expect(toUnits(text, point)).toBe(unit);
      expect(toPoints(text, unit)).toBe(point);
    });
  });
});

describe.each(vectors.quotes)("a quote: $name", ({ text, start, end, context, exact, prefix, suffix }) => {
  it("cuts the same words as Python", () => {
    expect(quote(text, start, end, context)).toEqual({ exact, prefix, suffix });
    expect(slice(text, start, end)).toBe(exact);
  });
});

describe("a position inside a surrogate pair", () => {
  it("counts as before the pair", () => {
    expect(toPoints("أ𐤀ب", 2)).toBe(1);
  });
});

describe("a position past the end", () => {
  it("is the end", () => {
    expect(toUnits("أ𐤀", 9)).toBe(3);
    expect(toPoints("أ𐤀", 9)).toBe(2);
  });
});
