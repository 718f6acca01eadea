import { describe, expect, it } from "vitest";
import { moved, placeOf, sized, spanned, typed } from "../src/covering/areas";

const page = { width: 900, height: 700 };

describe("a place under the pointer", () => {
  const shown = { left: 100, top: 50, width: 450, height: 350 };

  it.each([
    ["is counted in the picture's own pixels", { x: 325, y: 225 }, { x: 450, y: 350 }],
    ["stays on the page", { x: -20, y: 9999 }, { x: 0, y: 700 }],
  ])("%s", (_what, at, expected) => {
    expect(placeOf(at, shown, page)).toEqual(expected);
  });

  it("is the corner of a picture that is not shown yet", () => {
    expect(placeOf({ x: 5, y: 5 }, { ...shown, width: 0 }, page)).toEqual({ x: 0, y: 0 });
  });
});

describe("a rectangle", () => {
  it.each([
    ["is the same from whichever corner", { x: 50.2, y: 80.9 }, { x: 10.7, y: 20.1 }],
    ["holds every pixel that it touches", { x: 10.7, y: 20.1 }, { x: 50.2, y: 80.9 }],
  ])("%s", (_what, from, to) => {
    expect(spanned(from, to, page)).toEqual({ x: 10, y: 20, width: 41, height: 61 });
  });

  it("ends at the edge of the page", () => {
    expect(spanned({ x: 800, y: 600 }, { x: 2000, y: 2000 }, page)).toEqual({
      x: 800,
      y: 600,
      width: 100,
      height: 100,
    });
  });

  it("is none after a mere click", () => {
    expect(spanned({ x: 10, y: 10 }, { x: 11, y: 11 }, page)).toBeNull();
  });

  const area = { x: 850, y: 0, width: 40, height: 30 };

  it("is moved no farther than the edge, and stays as large", () => {
    expect(moved(area, { x: 50, y: -9 }, page)).toEqual({ ...area, x: 860, y: 0 });
  });

  it("grows to the edge and shrinks to one pixel", () => {
    expect(sized(area, { x: 90, y: 5 }, page)).toEqual({ ...area, width: 50, height: 35 });
    expect(sized(area, { x: -90, y: 0 }, page)).toEqual({ ...area, width: 1 });
  });

  it.each([
    [["1", "2", "3", "4"], { x: 1, y: 2, width: 3, height: 4 }],
    [["890", "2", "300", "4"], { x: 890, y: 2, width: 10, height: 4 }],
    [["900", "2", "3", "4"], null],
    [["1", "2", "0", "4"], null],
    [["1", "", "3", "4"], null],
    [["1.5", "2", "3", "4"], null],
  ])("typed as %j is %j", (values, expected) => {
    expect(typed(values, page)).toEqual(expected);
  });
});
