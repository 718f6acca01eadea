"""Places that would lie over each other as one circle; and the names that fit beside the circles.

The same places give the same circles, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: Units: the largest circle; how near two may come; what lies between circles, names and the edge.
LARGEST, NEAR, GAP = 20.0, 44.0, 4.0
#: Height of a name, and of a letter's width.
LINE, LETTER = 18.0, 8.4


@dataclass(frozen=True, slots=True)
class Dot:
    """A place in the drawing: `weight` is the number of passages there."""

    key: str
    x: float
    y: float
    weight: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """One circle: the weightiest of its places, where it stands, and all of them, weightiest first."""

    x: float
    y: float
    members: tuple[Dot, ...]

    @property
    def weight(self) -> int:
        """How many passages all have."""
        return sum(dot.weight for dot in self.members)

    @property
    def radius(self) -> float:
        """How large its circle is."""
        return min(LARGEST, 7 + 1.8 * max(self.weight, 1) ** 0.5)


def clusters(dots: Iterable[Dot]) -> list[Cluster]:
    """Return the circles, the weightiest place first; no two centers are nearer than `NEAR`."""
    circles: list[list[Dot]] = []
    grid: dict[tuple[int, int], list[int]] = {}
    for dot in sorted(dots, key=lambda dot: (-dot.weight, dot.key)):
        found = _nearest(dot, circles, grid)
        if found is None:
            grid.setdefault(_cell(dot), []).append(len(circles))
            circles.append([dot])
        else:
            circles[found].append(dot)
    return [Cluster(members[0].x, members[0].y, tuple(members)) for members in circles]


def _cell(dot: Dot) -> tuple[int, int]:
    return int(dot.x // NEAR), int(dot.y // NEAR)


def _nearest(dot: Dot, circles: Sequence[list[Dot]], grid: dict[tuple[int, int], list[int]]) -> int | None:
    column, row = _cell(dot)
    around = [
        (_distance(dot, circles[index][0]), index)
        for x in (column - 1, column, column + 1)
        for y in (row - 1, row, row + 1)
        for index in grid.get((x, y), ())
    ]
    distance, index = min(around, default=(NEAR, -1))
    return index if distance < NEAR else None


def _distance(one: Dot, other: Dot) -> float:
    return float(((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether the two share a point."""
        return (
            self.left < other.right and other.left < self.right
            and self.top < other.bottom and other.top < self.bottom
        )  # fmt: skip


def named(
    circles: Sequence[Cluster], letters: Sequence[int], *, width: float, height: float, leftward: bool
) -> list[tuple[Cluster, Box | None]]:
    """Return each circle with the box of its name, given how many letters that has; None where there is no room.

    A name stands on the side where writing goes (`leftward`), else on the other, else below; the first come first.
    """
    taken = [_around(circle) for circle in circles]
    found: list[tuple[Cluster, Box | None]] = []
    for circle, length in zip(circles, letters, strict=True):
        own = _around(circle)
        fits = (
            box
            for box in _sides(circle, length * LETTER, leftward)
            if box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            and not any(box.meets(other) for other in taken if other is not own and other != own)
        )  # fmt: skip
        box = next(fits, None)
        if box:
            taken.append(box)
        found.append((circle, box))
    return found


def _around(circle: Cluster) -> Box:
    r = circle.radius
    return Box(circle.x - r, circle.y - r, circle.x + r, circle.y + r)


def _sides(circle: Cluster, length: float, leftward: bool) -> Iterator[Box]:
    top, r = circle.y - LINE / 2, circle.radius + GAP
    right = Box(circle.x + r, top, circle.x + r + length, top + LINE)
    left = Box(circle.x - r - length, top, circle.x - r, top + LINE)
    yield from (left, right) if leftward else (right, left)
    yield Box(circle.x - length / 2, circle.y + r, circle.x + length / 2, circle.y + r + LINE)
