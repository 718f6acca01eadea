import { describe, expect, it } from "vitest";
import { placeNotes } from "../src/textlayer/place";

const overlaps = (tops: readonly number[], heights: readonly number[], gap = 0): boolean =>
  tops.some((top, i) => i > 0 && (tops[i - 1] ?? 0) + (heights[i - 1] ?? 0) + gap > top + 1e-6);

describe("notes in the margin", () => {
  it("stand at their lines when there is room", () => {
    expect(placeNotes([0, 100, 250], [50, 50, 50])).toEqual([0, 100, 250]);
  });

  it("share what is missing evenly when two want one line", () => {
    expect(placeNotes([200, 200], [40, 40])).toEqual([180, 220]);
  });

  it("never begin above the margin's top", () => {
    expect(placeNotes([0, 0, 10], [40, 40, 40], { gap: 10 })).toEqual([0, 50, 100]);
  });

  it("leave far notes where they are", () => {
    const tops = placeNotes([100, 100, 900], [80, 80, 80]);

    expect(tops[2]).toBe(900);
  });

  it("yield to the chosen one", () => {
    const tops = placeNotes([300, 310, 320], [60, 60, 60], { pinned: 2 });

    expect(tops[2]).toBeCloseTo(320, 2);
    expect(overlaps(tops, [60, 60, 60])).toBe(false);
  });

  it("never overlap, however crowded", () => {
    const wanted = Array.from({ length: 200 }, (_, n) => Math.floor(n / 3) * 25);
    const heights = wanted.map((_, n) => 30 + ((n * 37) % 90));

    const tops = placeNotes(wanted, heights, { gap: 12 });

    expect(overlaps(tops, heights, 12)).toBe(false);
    expect(Math.min(...tops)).toBeGreaterThanOrEqual(0);
  });

  it("may be none", () => {
    expect(placeNotes([], [])).toEqual([]);
  });
});
