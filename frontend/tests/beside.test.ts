import { describe, expect, it } from "vitest";
import { placeIn, topOf } from "../src/workbench/beside";

describe("a place between rows", () => {
  it.each([
    [[0, 100, 300], 50, 0, 0.5],
    [[0, 100, 300], 200, 1, 0.5],
    [[0, 100, 300], -40, 0, 0],
    [[0, 100, 300], 900, 2, 0],
    [[], 10, 0, 0],
  ])("%j at %d", (tops, line, row, share) => {
    expect(placeIn(tops, line)).toEqual([row, share]);
  });

  it("is the same share of the way in a longer text", () => {
    expect(topOf([0, 400, 500], 0, 0.5)).toBe(200);
  });
});
