/** Rectangles over a page of a picture, in its own pixels: whole numbers, never beyond its edges. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point, Size {}

/** Where the page is shown. */
export interface Shown extends Size {
  readonly left: number;
  readonly top: number;
}

const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Return which place of the page lies under a place of the window; beyond the page, the nearest on it. */
export function placeOf(at: Point, shown: Shown, page: Size): Point {
  if (shown.width <= 0 || shown.height <= 0) return { x: 0, y: 0 };
  return {
    x: between(((at.x - shown.left) / shown.width) * page.width, 0, page.width),
    y: between(((at.y - shown.top) / shown.height) * page.height, 0, page.height),
  };
}

/** Return the rectangle between two places, with every pixel that it touches; null for a mere click. */
export function spanned(from: Point, to: Point, page: Size): Area | null {
  const left = Math.floor(between(Math.min(from.x, to.x), 0, page.width));
  const top = Math.floor(between(Math.min(from.y, to.y), 0, page.height));
  const right = Math.ceil(between(Math.max(from.x, to.x), 0, page.width));
  const bottom = Math.ceil(between(Math.max(from.y, to.y), 0, page.height));
  const least = Math.max(2, Math.round(Math.min(page.width, page.height) / 200));
  if (right - left < least || bottom - top < least) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Return the rectangle elsewhere on the page, whole. */
export function moved(area: Area, by: Point, page: Size): Area {
  return {
    ...area,
    x: Math.round(between(area.x + by.x, 0, Math.max(0, page.width - area.width))),
    y: Math.round(between(area.y + by.y, 0, Math.max(0, page.height - area.height))),
  };
}

/** Return the rectangle wider and higher, its first corner where it was. */
export function sized(area: Area, by: Point, page: Size): Area {
  return {
    ...area,
    width: Math.round(between(area.width + by.x, 1, page.width - area.x)),
    height: Math.round(between(area.height + by.y, 1, page.height - area.y)),
  };
}

/** Return the rectangle that four typed numbers make; null while they make none on this page. */
export function typed(values: readonly string[], page: Size): Area | null {
  if (values.length !== 4 || values.some((value) => !/^[0-9]{1,7}$/.test(value.trim()))) return null;
  const [x = 0, y = 0, width = 0, height = 0] = values.map(Number);
  if (width < 1 || height < 1 || x >= page.width || y >= page.height) return null;
  return { x, y, width: Math.min(width, page.width - x), height: Math.min(height, page.height - y) };
}
