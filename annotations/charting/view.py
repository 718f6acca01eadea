"""A window on a map of the world in Web Mercator: degrees in, units of a drawing out, whose corner is the upper left one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

#: Units of a drawing. A tile of the map is 256 of them wide.
WIDTH, HEIGHT, TILE = 960, 600, 256
#: Beyond it, Mercator has no place: the poles stand at its edge.
LIMIT = 85.0511
#: The whole world is 512 units wide at the least; at most, a house fills the drawing.
FARTHEST, CLOSEST = 1, 17
#: A single place is not shown closer, nor what fits in a window at first: around it, something must be known.
CLOSE = 12
#: Units around what a window is fitted to.
MARGIN = 60
#: Kilometers around the equator.
EQUATOR = 40_075.017

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows: its center in degrees, and how close it is."""

    latitude: float
    longitude: float
    zoom: int

    @property
    def world(self) -> float:
        """How many units the whole world is wide, and high."""
        return float(TILE * 2**self.zoom)

    @property
    def corner(self) -> Place:
        """Where the upper left corner is, in units of the whole world."""
        x, y = across(self.longitude), down(self.latitude)
        return x * self.world - WIDTH / 2, y * self.world - HEIGHT / 2

    def place(self, latitude: float, longitude: float) -> Place:
        """Return where a place is drawn; of the worlds side by side, in the one that is nearest the middle."""
        left, top = self.corner
        x = across(longitude) * self.world - left
        x -= round((x - WIDTH / 2) / self.world) * self.world
        return x, down(latitude) * self.world - top

    def shows(self, latitude: float, longitude: float) -> bool:
        """Return whether a place is in the window."""
        x, y = self.place(latitude, longitude)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

    def degrees(self, x: float, y: float) -> Place:
        """Return latitude and longitude of a point of the drawing."""
        left, top = self.corner
        return _latitude((y + top) / self.world), _turned((x + left) / self.world * 360 - 180)

    def moved(self, right: float, down: float) -> View:
        """Return the window so many of its widths and heights away."""
        latitude, longitude = self.degrees(WIDTH * (0.5 + right), HEIGHT * (0.5 + down))
        return View(min(max(latitude, -LIMIT), LIMIT), longitude, self.zoom)

    def closer(self, steps: int) -> View:
        """Return the window so many times twice as close; farther when negative."""
        return View(self.latitude, self.longitude, min(max(self.zoom + steps, FARTHEST), CLOSEST))

    def kilometers(self, units: float) -> float:
        """Return how long a piece of the drawing is at its middle."""
        return units / self.world * EQUATOR * math.cos(math.radians(self.latitude))


def fitted(places: Sequence[Place], *, closest: int = CLOSE) -> View:
    """Return the closest window that shows all of these (latitude, longitude), across the date line where that is nearer."""
    if not places:
        return View(25.0, 15.0, FARTHEST)
    downs = [down(latitude) for latitude, _longitude in places]
    west, width = _shortest([across(longitude) for _latitude, longitude in places])
    height, middle = max(downs) - min(downs), (max(downs) + min(downs)) / 2
    center = _turned((west + width / 2) * 360 - 180)
    for zoom in range(closest, FARTHEST, -1):
        world = TILE * 2**zoom
        if width * world <= WIDTH - 2 * MARGIN and height * world <= HEIGHT - 2 * MARGIN:
            return View(_latitude(middle), center, zoom)
    return View(_latitude(middle), center, FARTHEST)


def _shortest(acrosses: Sequence[float]) -> tuple[float, float]:
    """Return where the shortest piece of the circle that holds all of these begins, and how long it is."""
    around = sorted({one % 1 for one in acrosses})
    gaps = [(after - before, after) for before, after in itertools.pairwise(around)]
    gaps.append((around[0] + 1 - around[-1], around[0]))
    # Of two gaps of one length, the window that does not cross the date line.
    widest, begins = max(gaps, key=lambda gap: (round(gap[0], 9), -gap[1]))
    return begins, 1 - widest


def is_place(latitude: object, longitude: object) -> bool:
    """Return whether these are degrees of a place on Earth."""
    return (
        isinstance(latitude, int | float) and isinstance(longitude, int | float)
        and -90 <= latitude <= 90 and -180 <= longitude <= 180
    )  # fmt: skip


def across(longitude: float) -> float:
    """Return where a longitude is, in parts of the whole world's width."""
    return (longitude + 180) / 360


def down(latitude: float) -> float:
    """Return where a latitude is, in parts of the whole world's height; the poles stand at its edge."""
    angle = math.radians(min(max(latitude, -LIMIT), LIMIT))
    return 0.5 - math.asinh(math.tan(angle)) / (2 * math.pi)


def _latitude(down: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))


def _turned(longitude: float) -> float:
    """Return a longitude between -180 and 180."""
    return (longitude + 180) % 360 - 180
