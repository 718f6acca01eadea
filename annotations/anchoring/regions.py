"""Shapes over a picture: what is wrong with one, what it covers, and whether it still lies on its picture.

Coordinates are pixels of the upright original. The same vectors (`tests/vectors/regions.json`) test the script
(`frontend/src/places/shapes.ts`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from annotations.enums import AnchorStatus

Point = tuple[float, float]
Points = Sequence[Point]
#: Width and height.
Size = tuple[float, float]

#: Parts of a pixel that are told apart. Whole numbers from there on, so that no crossing depends on rounding; small
#: enough for the script, whose numbers are exact up to 2⁵³.
PARTS = 10
#: Least and most points of each shape.
CORNERS = {"rect": (2, 2), "ellipse": (2, 2), "polygon": (3, 500)}


def problem(shape: str, points: Points, size: Size) -> str:
    """Return the code of what is wrong with a shape over a picture of this size; empty when nothing is.

    "bad_region": it is none; "region_flat": it holds no surface; "region_crosses": its outline meets itself;
    "place_outside": it leaves the picture.
    """
    least, most = CORNERS.get(shape, (1, 0))
    if not least <= len(points) <= most or not all(math.isfinite(n) for point in points for n in point):
        return "bad_region"
    left, top, right, bottom = extent(shape, points)
    if left < 0 or top < 0 or right > size[0] or bottom > size[1]:
        return "place_outside"
    if shape == "polygon":
        return _outline_problem(points)
    (x1, y1), (x2, y2) = points
    flat = min(x2, y2) <= 0 if shape == "ellipse" else x2 <= x1 or y2 <= y1
    return "region_flat" if flat else ""


def extent(shape: str, points: Points) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what a shape covers."""
    if shape == "ellipse":
        (x, y), (rx, ry) = points
        return x - rx, y - ry, x + rx, y + ry
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def standing(shape: str, points: Points, size: Size) -> AnchorStatus:
    """Return whether a shape still lies on its picture: whole, in part, or not at all."""
    left, top, right, bottom = extent(shape, points)
    if left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]:
        return AnchorStatus.EXACT
    touches = left < size[0] and top < size[1] and right > 0 and bottom > 0
    return AnchorStatus.UNCERTAIN if touches else AnchorStatus.LOST


def _outline_problem(points: Points) -> str:
    corners = _corners(points)
    if len(corners) < 3:
        return "region_flat"
    edges = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    if sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges) == 0 and _on_one_line(corners):
        return "region_flat"
    return "region_crosses" if _crosses(edges) else ""


def _corners(points: Points) -> list[tuple[int, int]]:
    """Return the corners in parts of pixels, each that repeats the one before left out."""
    found: list[tuple[int, int]] = []
    for x, y in points:
        corner = (math.floor(x * PARTS + 0.5), math.floor(y * PARTS + 0.5))
        if not found or corner != found[-1]:
            found.append(corner)
    while len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def _on_one_line(corners: Sequence[tuple[int, int]]) -> bool:
    return all(_side(corners[0], corners[1], corner) == 0 for corner in corners)


def _crosses(edges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    last = len(edges) - 1
    for i, (a, b) in enumerate(edges):
        if _folds(a, b, edges[(i + 1) % len(edges)][1]):
            return True
        # Neighbors share their corner and nothing else.
        for c, d in edges[i + 2 : last if i == 0 else last + 1]:
            if _meet(a, b, c, d):
                return True
    return False


def _side(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _folds(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Whether the outline goes from `a` to `b` and back over itself."""
    return _side(a, b, c) == 0 and (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0


def _meet(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]) -> bool:
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return False
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0
