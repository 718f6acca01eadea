import { describe, expect, it } from "vitest";
import {
  contains,
  extent,
  fromNumbers,
  handles,
  inTheMiddle,
  type Kind,
  moved,
  numberedAt,
  numbersOf,
  type Point,
  problem,
  sized,
  withCorner,
  withHandle,
  within,
  withoutCorner,
} from "../src/places/shapes";
import { secondsOf, written, writtenPart } from "../src/places/times";
import { loadFile } from "./vectors";

interface Regions {
  readonly size: [number, number];
  readonly problems: readonly { say: string; shape: Kind; points: Point[]; problem: string }[];
  readonly extents: readonly { shape: Kind; points: Point[]; extent: number[] }[];
}
const REGIONS = loadFile<Regions>("regions.json");
const TIMES = loadFile<{ read: [string, number | null][]; written: [number, string][] }>("times.json");
const SIZE = { width: REGIONS.size[0], height: REGIONS.size[1] };

describe("shapes", () => {
  it.each(REGIONS.problems)("knows what is wrong with $say", ({ shape, points, problem: expected }) => {
    expect(problem({ shape, points }, SIZE)).toBe(expected);
  });

  it.each(REGIONS.extents)("knows what a $shape covers", ({ shape, points, extent: expected }) => {
    const { left, top, right, bottom } = extent({ shape, points });

    expect([left, top, right, bottom]).toEqual(expected);
  });

  it("refuses numbers that are none", () => {
    expect(problem({ shape: "rect", points: [[0, 0], [Number.NaN, 5]] }, SIZE)).toBe("bad_region"); // biome-ignore format: a pair
  });

  it.each([
    "rect",
    "ellipse",
    "polygon",
  ] as const)("draws a %s on the picture, whole and in pixels", (kind) => {
    const shape = within(kind, { left: 90.4, top: 70, right: 130, bottom: -5 }, SIZE);

    expect(extent(shape)).toEqual({ left: 90, top: 0, right: 100, bottom: 70 });
    expect(problem(shape, SIZE)).toBe("");
  });

  it.each(["rect", "ellipse", "polygon"] as const)("moves and sizes a %s, never beyond the edges", (kind) => {
    const shape = inTheMiddle(kind, { left: -50, top: 0, right: 100, bottom: 80 }, SIZE);
    const far = moved(shape, [500, -500], SIZE);
    const wide = sized(shape, [500, -500], SIZE);

    expect([extent(far).right, extent(far).top]).toEqual([100, 0]);
    expect([extent(wide).right, problem(wide, SIZE)]).toEqual([100, ""]);
    expect(extent(wide).left).toBe(extent(shape).left);
  });

  it("turns over when a corner is drawn past the one across", () => {
    const shape = within("rect", { left: 40, top: 40, right: 60, bottom: 60 }, SIZE);

    expect(withHandle(shape, 0, [80, 70], SIZE).points).toEqual([[60, 60], [80, 70]]); // biome-ignore format: a pair
  });

  it("numbers a polygon at a corner of its own, where its box may be far from it", () => {
    const shape = { shape: "polygon" as const, points: [[100, 0], [120, 10], [10, 200], [0, 190]] as Point[] }; // biome-ignore format: corners
    expect(numberedAt(shape)).toEqual([100, 0]);
    expect(numberedAt({ shape: "rect", points: [[5, 6], [50, 60]] })).toEqual([5, 6]); // biome-ignore format: corners
  });

  it("adds corners to a polygon and takes them, down to three", () => {
    const shape = { shape: "polygon" as const, points: [[10, 10], [30, 10], [20, 30]] as Point[] }; // biome-ignore format: corners
    const more = withCorner(shape, 2);

    expect(more.points.at(-1)).toEqual([15, 20]);
    expect(withoutCorner(more, 3).points).toEqual(shape.points);
    expect(withoutCorner(shape, 0)).toBe(shape);
    expect(handles(more)).toHaveLength(4);
  });

  it("tells what lies in it", () => {
    const ring = { shape: "ellipse" as const, points: [[50, 40], [20, 10]] as Point[] }; // biome-ignore format: a pair

    expect(contains(ring, [50, 31])).toBe(true);
    expect(contains(ring, [32, 32])).toBe(false);
    expect(contains({ shape: "polygon", points: [[0, 0], [10, 0], [0, 10]] }, [8, 8])).toBe(false); // biome-ignore format: corners
  });

  it("is typed in numbers and written in the same", () => {
    const shape = fromNumbers("rect", [10, 20, 100, 60], 2);

    expect(shape).toEqual({ shape: "rect", points: [[10, 20], [110, 80]], page: 2 }); // biome-ignore format: a pair
    expect(shape && numbersOf(shape)).toEqual([10, 20, 100, 60]);
    expect(fromNumbers("ellipse", [1, 2, 3])).toBeNull();
    expect(fromNumbers("rect", [1, 2, Number.NaN, 4])).toBeNull();
  });
});

describe("times", () => {
  it.each(TIMES.read)("reads %j", (typed, seconds) => {
    expect(secondsOf(typed)).toBe(seconds);
  });

  it.each(TIMES.written)("writes %d", (seconds, words) => {
    expect(written(seconds)).toBe(words);
  });

  it("writes a part, or the one moment", () => {
    expect(writtenPart({ start: 65.5, end: 70 })).toBe("1:05.5–1:10");
    expect(writtenPart({ start: 5, end: 5 })).toBe("0:05");
  });
});
