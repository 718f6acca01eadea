/**
 * Shapes over a picture, in pixels of the upright original: what is wrong with one, what it covers, moving and sizing it.
 *
 * The same vectors (`tests/vectors/regions.json`) test the server's part (`annotations/anchoring/regions.py`).
 */

export type Kind = "rect" | "ellipse" | "polygon";
export type Point = readonly [x: number, y: number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle has two corners, an ellipse its center and its two radii, a polygon its corners. */
export interface Shape {
  readonly shape: Kind;
  readonly points: readonly Point[];
  /** From 1, of a picture of several pages; left out of the first. */
  readonly page?: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Problem = "" | "bad_region" | "region_flat" | "region_crosses" | "place_outside";

/** Parts of a pixel that are told apart; whole numbers from there on, exact up to 2⁵³. */
const PARTS = 10;
const CORNERS: Readonly<Record<string, readonly [number, number]>> = {
  rect: [2, 2],
  ellipse: [2, 2],
  polygon: [3, 500],
};

/** Return what is wrong with a shape over a picture of this size, "" when nothing is. */
export function problem({ shape, points }: Shape, { width, height }: Size): Problem {
  const [least, most] = CORNERS[shape] ?? [1, 0];
  if (points.length < least || points.length > most) return "bad_region";
  if (!points.every((point) => point.every(Number.isFinite))) return "bad_region";
  const { left, top, right, bottom } = extent({ shape, points });
  if (left < 0 || top < 0 || right > width || bottom > height) return "place_outside";
  if (shape === "polygon") return outlineProblem(points);
  const [[x1, y1], [x2, y2]] = pair(points);
  if (shape === "ellipse") return Math.min(x2, y2) <= 0 ? "region_flat" : "";
  return x2 <= x1 || y2 <= y1 ? "region_flat" : "";
}

/** Return the box around what a shape covers. */
export function extent({ shape, points }: Shape): Box {
  if (shape === "ellipse") {
    const [[x, y], [rx, ry]] = pair(points);
    return { left: x - rx, top: y - ry, right: x + rx, bottom: y + ry };
  }
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Where a shape's number stands: its upper left corner, and of a polygon the corner that is nearest to it. */
export function numberedAt(shape: Shape): Point {
  const { left, top } = extent(shape);
  if (shape.shape !== "polygon") return [left, top];
  const away = ([x, y]: Point): number => x - left + (y - top);
  return shape.points.reduce((best, point) => (away(point) < away(best) ? point : best));
}

/** Whether a place lies in a shape. */
export function contains(shape: Shape, [x, y]: Point): boolean {
  const { left, top, right, bottom } = extent(shape);
  if (x < left || x > right || y < top || y > bottom) return false;
  if (shape.shape === "rect") return true;
  if (shape.shape === "ellipse") {
    const [[cx, cy], [rx, ry]] = pair(shape.points);
    return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
  }
  let inside = false;
  const { points } = shape;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [at(points, i), at(points, j)];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Return how much of the picture the box around a shape takes, to tell small ones from large ones. */
export function spread(shape: Shape): number {
  const { left, top, right, bottom } = extent(shape);
  return (right - left) * (bottom - top);
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Return the shape that lies in a box, in whole pixels and on the picture. */
export function within(kind: Kind, box: Box, size: Size, page = 1): Shape {
  const left = clamp(Math.min(box.left, box.right), size.width);
  const right = clamp(Math.max(box.left, box.right), size.width);
  const top = clamp(Math.min(box.top, box.bottom), size.height);
  const bottom = clamp(Math.max(box.top, box.bottom), size.height);
  return paged(inBox(kind, { left, top, right, bottom }), page);
}

/** Return a shape in the middle of what is seen, a third as wide and high. */
export function inTheMiddle(kind: Kind, view: Box, size: Size, page = 1): Shape {
  const seen = {
    left: Math.max(0, view.left),
    top: Math.max(0, view.top),
    right: Math.min(size.width, view.right),
    bottom: Math.min(size.height, view.bottom),
  };
  const [x, y] = [(seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2];
  const dx = Math.max(1, (seen.right - seen.left) / 6);
  const dy = Math.max(1, (seen.bottom - seen.top) / 6);
  return within(kind, { left: x - dx, top: y - dy, right: x + dx, bottom: y + dy }, size, page);
}

/** Return the shape elsewhere on the picture, whole. */
export function moved(shape: Shape, [dx, dy]: Point, size: Size): Shape {
  const { left, top, right, bottom } = extent(shape);
  const x = Math.round(between(dx, -left, size.width - right));
  const y = Math.round(between(dy, -top, size.height - bottom));
  const shift = ([a, b]: Point): Point => [a + x, b + y];
  if (shape.shape !== "ellipse") return { ...shape, points: shape.points.map(shift) };
  const [center, radii] = pair(shape.points);
  return { ...shape, points: [shift(center), radii] };
}

/** Return the shape wider and higher, its first corner where it was. */
export function sized(shape: Shape, [dx, dy]: Point, size: Size): Shape {
  const box = extent(shape);
  const right = between(box.right + dx, box.left + 1, size.width);
  const bottom = between(box.bottom + dy, box.top + 1, size.height);
  return fitted(shape, { ...box, right, bottom });
}

/** Return the shape in another box. */
export function fitted(shape: Shape, box: Box): Shape {
  if (shape.shape !== "polygon") return paged(inBox(shape.shape, box), shape.page ?? 1);
  const old = extent(shape);
  const sx = (box.right - box.left) / Math.max(1e-9, old.right - old.left);
  const sy = (box.bottom - box.top) / Math.max(1e-9, old.bottom - old.top);
  const points = shape.points.map(
    ([x, y]): Point => [fine(box.left + (x - old.left) * sx), fine(box.top + (y - old.top) * sy)],
  );
  return { ...shape, points };
}

/** Return where a shape is taken hold of: the corners of its box, or a polygon's own. */
export function handles(shape: Shape): readonly Point[] {
  if (shape.shape === "polygon") return shape.points;
  const { left, top, right, bottom } = extent(shape);
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** Return the shape with one of its handles elsewhere. */
export function withHandle(shape: Shape, index: number, [x, y]: Point, size: Size): Shape {
  const to: Point = [clamp(x, size.width), clamp(y, size.height)];
  if (shape.shape === "polygon") {
    return { ...shape, points: shape.points.map((point, other) => (other === index ? to : point)) };
  }
  const [fx, fy] = at(handles(shape), (index + 2) % 4);
  return within(shape.shape, { left: fx, top: fy, right: to[0], bottom: to[1] }, size, shape.page ?? 1);
}

/** Return a polygon with one more corner, in the middle of the side after `index`. */
export function withCorner(shape: Shape, index: number): Shape {
  const { points } = shape;
  const [[x1, y1], [x2, y2]] = [at(points, index), at(points, (index + 1) % points.length)];
  const corner: Point = [fine((x1 + x2) / 2), fine((y1 + y2) / 2)];
  return { ...shape, points: [...points.slice(0, index + 1), corner, ...points.slice(index + 1)] };
}

/** Return a polygon without a corner; three stay. */
export function withoutCorner(shape: Shape, index: number): Shape {
  if (shape.points.length <= 3) return shape;
  return { ...shape, points: shape.points.filter((_, other) => other !== index) };
}

/** Return the numbers by which a shape is typed. */
export function numbersOf({ shape, points }: Shape): number[] {
  const flat = points.flat();
  if (shape !== "rect") return flat;
  const [x = 0, y = 0, right = 0, bottom = 0] = flat;
  return [x, y, fine(right - x), fine(bottom - y)];
}

/** Return the shape that typed numbers make, or null when they make none. */
export function fromNumbers(kind: Kind, numbers: readonly number[], page = 1): Shape | null {
  if (numbers.length % 2 || !numbers.every(Number.isFinite)) return null;
  const [x = 0, y = 0, width = 0, height = 0] = numbers;
  if (kind !== "polygon" && numbers.length !== 4) return null;
  if (kind === "rect") {
    return paged({ shape: kind, points: [[x, y], [fine(x + width), fine(y + height)]] }, page); // biome-ignore format: a pair
  }
  const points: Point[] = [];
  for (let i = 0; i < numbers.length; i += 2) points.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  return points.length >= 2 ? paged({ shape: kind, points }, page) : null;
}

function paged(shape: Shape, page: number): Shape {
  return page > 1 ? { ...shape, page } : shape;
}

function inBox(kind: Kind, { left, top, right, bottom }: Box): Shape {
  if (kind === "rect") return { shape: kind, points: [[left, top], [right, bottom]] }; // biome-ignore format: a pair
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (kind === "ellipse") return { shape: kind, points: [[x, y], [right - x, bottom - y]] }; // biome-ignore format: a pair
  return {
    shape: kind,
    points: [
      [fine(x), top],
      [right, fine(y)],
      [fine(x), bottom],
      [left, fine(y)],
    ],
  };
}

const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
const clamp = (value: number, most: number): number => Math.round(between(value, 0, most));
const fine = (value: number): number => Math.round(value * PARTS) / PARTS;

function at(points: readonly Point[], index: number): Point {
  return points[index] ?? [0, 0];
}

function pair(points: readonly Point[]): readonly [Point, Point] {
  return [at(points, 0), at(points, 1)];
}

function outlineProblem(points: readonly Point[]): Problem {
  const corners = cornersOf(points);
  if (corners.length < 3) return "region_flat";
  const [a, b] = pair(corners);
  if (corners.every((corner) => side(a, b, corner) === 0)) return "region_flat";
  return crosses(corners) ? "region_crosses" : "";
}

function cornersOf(points: readonly Point[]): Point[] {
  const found: Point[] = [];
  for (const [x, y] of points) {
    const corner: Point = [Math.floor(x * PARTS + 0.5), Math.floor(y * PARTS + 0.5)];
    if (!same(found.at(-1), corner)) found.push(corner);
  }
  while (found.length > 1 && same(found[0], at(found, found.length - 1))) found.pop();
  return found;
}

const same = (a: Point | undefined, b: Point): boolean => a?.[0] === b[0] && a[1] === b[1];

function crosses(corners: readonly Point[]): boolean {
  const n = corners.length;
  for (let i = 0; i < n; i++) {
    const [a, b] = [at(corners, i), at(corners, (i + 1) % n)];
    if (folds(a, b, at(corners, (i + 2) % n))) return true;
    // Neighbors share their corner and nothing else.
    for (let j = i + 2; j < (i === 0 ? n - 1 : n); j++) {
      if (meet(a, b, at(corners, j), at(corners, (j + 1) % n))) return true;
    }
  }
  return false;
}

const side = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

function folds(a: Point, b: Point, c: Point): boolean {
  return side(a, b, c) === 0 && (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0;
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0]))
    return false;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1]))
    return false;
  // Signs, since the product of two sides may be more than a number holds exactly.
  const apart = (one: number, other: number): boolean => Math.sign(one) * Math.sign(other) > 0;
  return !apart(side(a, b, c), side(a, b, d)) && !apart(side(c, d, a), side(c, d, b));
}
