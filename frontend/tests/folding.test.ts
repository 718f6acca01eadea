import { describe, expect, it } from "vitest";
import { length, slice } from "../src/text/codepoints";
import { fold, foldKey, sourceSpan } from "../src/text/folding";
import { loadFile } from "./vectors";

interface FoldingVectors {
  readonly folds: readonly { name: string; text: string; folded: string; starts: number[] }[];
  readonly spans: readonly {
    name: string;
    text: string;
    find: string;
    start: number;
    end: number;
    found: string;
  }[];
}

const vectors = loadFile<FoldingVectors>("folding.json");

describe.each(vectors.folds)("folding: $name", ({ text, folded, starts }) => {
  it("gives what Python gives, with the way back", () => {
    expect(fold(text).text).toBe(folded);
    expect([...fold(text).starts]).toEqual(starts);
    expect(foldKey(text)).toBe(folded);
  });
});

describe.each(vectors.spans)("the way back: $name", ({ text, find, start, end, found }) => {
  it("leads to the same words of the source", () => {
    const folded = fold(text);
    const units = folded.text.indexOf(find);
    const at = length(folded.text.slice(0, units));

    expect(sourceSpan(folded, at, at + length(find))).toEqual([start, end]);
    expect(slice(text, start, end)).toBe(found);
  });
});
