import { describe, expect, it } from "vitest";
import { slice } from "../src/text/codepoints";
import * as graphemes from "../src/text/graphemes";
import { loadFile } from "./vectors";

interface GraphemeVectors {
  readonly snaps: readonly {
    name: string;
    text: string;
    start: number;
    end: number;
    snapped: [number, number];
    found: string;
  }[];
}

describe.each(loadFile<GraphemeVectors>("graphemes.json").snaps)("snapping: $name", (vector) => {
  it("grows to the same clusters as Python", () => {
    expect(graphemes.snap(vector.text, vector.start, vector.end)).toEqual(vector.snapped);
    expect(slice(vector.text, ...vector.snapped)).toBe(vector.found);
  });
});

describe("graphemes", () => {
  const text = "كِتَابٌ 👩‍👩‍👧";

  it("never part a letter from its marks", () => {
    expect(graphemes.next(text, 0)).toBe(2);
    expect(graphemes.previous(text, 4)).toBe(2);
  });

  it("keep a joined emoji whole", () => {
    expect(graphemes.boundaries(text)).toEqual([0, 2, 4, 5, 7, 8, 13]);
  });
});
