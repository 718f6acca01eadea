"""Outlines of land, lakes and rivers as paths of a drawing: those of a window, no finer than it can show.

They come from a file of ours (`config/scripts/make_outlines.py`), so that no map asks anybody.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from annotations.charting.view import HEIGHT, WIDTH, View, across, down

_FILE = Path(__file__).with_name("outlines.txt")
#: Units: what is cut off lies so far beyond the edge; a point nearer to the one before, and a smaller shape, are left out.
BEYOND, FINEST = 8.0, 1.4
#: As far as this and farther, half as fine is enough, and rivers would be a tangle.
FAR = 3
KINDS = ("land", "lake", "river")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A ring or a course in parts of the whole world's width, and what it lies within."""

    kind: str
    points: tuple[Point, ...]
    left: float
    top: float
    right: float
    bottom: float


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Return all of them, read once."""
    return tuple(_read(line) for line in _FILE.read_text().splitlines() if line[:1] not in "#")


def _read(line: str) -> Shape:
    kind, *numbers = line.split()
    x = y = 0
    points = []
    for right, up in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + int(right), y + int(up)
        points.append((across(x / 100), down(y / 100)))
    acrosses, downs = [point[0] for point in points], [point[1] for point in points]
    return Shape(kind, tuple(points), min(acrosses), min(downs), max(acrosses), max(downs))


def paths(view: View) -> dict[str, str]:
    """Return the path of each kind that the window shows: "land", "lake", "river"."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    world, (left, top) = view.world, view.corner
    finest = FINEST if view.zoom > FAR else 2 * FINEST
    for shape in shapes():
        if shape.kind == "river" and view.zoom <= FAR:
            continue
        for turn in (-1, 0, 1):
            for points in _drawn(shape, world, turn * world - left, -top, finest):
                found[shape.kind].append(_path(points, is_closed=shape.kind != "river"))
    return {kind: "".join(parts) for kind, parts in found.items()}


def _drawn(shape: Shape, world: float, right: float, below: float, finest: float) -> list[list[Point]]:
    """Return a shape as one of the worlds side by side shows it, moved so far to the right and down."""
    box = (
        shape.left * world + right,
        shape.top * world + below,
        shape.right * world + right,
        shape.bottom * world + below,
    )
    if (
        box[2] < 0
        or box[0] > WIDTH
        or box[3] < 0
        or box[1] > HEIGHT
        or max(box[2] - box[0], box[3] - box[1]) < finest
    ):
        return []
    points = _thinned([(x * world + right, y * world + below) for x, y in shape.points], finest)
    if shape.kind == "river":
        return list(_courses(points))
    ring = _clipped(points)
    # A ring that only passes by is cut down to a line along the edge.
    return [ring] if abs(_area(ring)) >= 1 else []


def _area(ring: Sequence[Point]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


def _thinned(points: Sequence[Point], finest: float) -> list[Point]:
    kept = [points[0]]
    last_x, last_y = points[0]
    for x, y in points[1:-1]:
        if abs(x - last_x) >= finest or abs(y - last_y) >= finest:
            kept.append((x, y))
            last_x, last_y = x, y
    return [*kept, points[-1]]


def _courses(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield the pieces of a course that the window may show."""
    run: list[Point] = []
    for before, after in itertools.pairwise(points):
        if _may_show(before, after):
            run = run or [before]
            run.append(after)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _may_show(one: Point, other: Point) -> bool:
    (ax, ay), (bx, by) = one, other
    return max(ax, bx) >= 0 and min(ax, bx) <= WIDTH and max(ay, by) >= 0 and min(ay, by) <= HEIGHT


def _clipped(points: list[Point]) -> list[Point]:
    """Return what of a ring lies in the window and a little beyond (Sutherland and Hodgman)."""
    edges = (
        (0, -BEYOND, 1), (0, WIDTH + BEYOND, -1), (1, -BEYOND, 1), (1, HEIGHT + BEYOND, -1),
    )  # fmt: skip
    for axis, limit, sign in edges:
        if not points:
            break
        if all(sign * (point[axis] - limit) >= 0 for point in points):
            continue
        points = _cut(points, axis, limit, sign)
    return points


def _cut(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    found: list[Point] = []
    before = points[-1]
    for point in points:
        inside, was_inside = (sign * (one[axis] - limit) >= 0 for one in (point, before))
        if inside != was_inside:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            found.append(
                (before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1]))
            )
        if inside:
            found.append(point)
        before = point
    return found


def _path(points: Sequence[Point], *, is_closed: bool) -> str:
    """Return a path in whole units, each point as the step from the one before."""
    x, y = round(points[0][0]), round(points[0][1])
    parts = [f"M{x} {y}l"]
    for point in points[1:]:
        right, down = round(point[0]) - x, round(point[1]) - y
        if right or down:
            parts.append(f"{right} {down} ")
            x, y = x + right, y + down
    return "".join(parts).rstrip(" l") + ("Z" if is_closed else "")
