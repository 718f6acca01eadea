"""A map with the terms that have coordinates, near ones as one circle, and the same as a list.

The outlines are ours (`annotations.charting.outlines`): the map asks nobody. Where an administrator names a server of map
tiles, readers are offered those, and only their asking fetches them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from annotations.charting.clusters import Box, Cluster, Dot, clusters, named
from annotations.charting.outlines import paths
from annotations.charting.view import CLOSEST, FARTHEST, HEIGHT, TILE, WIDTH, View, fitted, is_place
from annotations.presenters.charted import Charted
from archive.text.words import shortened

PER_PAGE = 100
LETTERS = 26
#: Names that a circle of many says.
SAID = 4
_AT = re.compile(r"(-?\d{1,2}(?:\.\d{1,7})?),(-?\d{1,3}(?:\.\d{1,7})?)\Z")
#: Degrees between the lines of the net, and how far apart they are at least, in units.
_STEPS = (60, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
_APART = 150
#: Nearer to the edge, a line has no words.
EDGE = 40


@dataclass(frozen=True, slots=True)
class Circle:
    """One place, or several that lie near each other."""

    x: float
    y: float
    radius: float
    kind: str
    #: What it stands for, in words.
    name: str
    #: How many places; empty for one.
    many: str
    label: str
    #: How its name is held ("start", "middle", "end"), and where.
    anchor: str
    label_x: float
    label_y: float
    #: Of one place its key; of several the window that opens them (`at`, `z`), "" when nothing is closer.
    key: str
    at: str
    zoom: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the net with its degrees."""

    at: float
    label: str
    is_upright: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of a server of maps."""

    url: str
    x: float
    y: float


@dataclass(slots=True)
class PlaceChart:
    """The whole."""

    page: Page[Charted]
    #: Places of the vocabulary without coordinates.
    unplaced: list[Charted]
    at: str
    zoom: int
    total: int
    outlines: dict[str, str] = field(default_factory=dict)
    circles: list[Circle] = field(default_factory=list)
    net: list[Line] = field(default_factory=list)
    #: Length of the bar that tells how far things are, and what it says.
    bar: float = 0
    bar_label: str = ""
    #: Windows beside this one: name of the way, its sign, `at`, `z`.
    ways: list[tuple[str, str, str, int]] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    #: Whose tiles there are, "" when the site has none; and what is said of them.
    tile_host: str = ""
    tile_credit: str = ""
    is_whole: bool = True
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def bar_start(self) -> float:
        """Where the bar begins: at the upper right."""
        return WIDTH - 20 - self.bar

    @property
    def bar_middle(self) -> float:
        """Where its words stand."""
        return WIDTH - 20 - self.bar / 2


def view_at(at: str, zoom: str) -> View | None:
    """Return the window that an address names: "36.2,37.1" and "12"; None of anything else."""
    found = _AT.match(at)
    if not found or not (zoom.isascii() and zoom.isdigit() and len(zoom) < 3):
        return None
    latitude, longitude = float(found[1]), float(found[2])
    if not is_place(latitude, longitude):
        return None
    return View(latitude, longitude, min(max(int(zoom), FARTHEST), CLOSEST))


def place_chart(
    terms: Sequence[Charted], *, view: View | None = None, number: int = 1, with_tiles: bool = False
) -> PlaceChart:
    """Return the map of these terms in a window, by default the one that shows all, and a page of its list."""
    placed = [term for term in terms if is_place(term.latitude, term.longitude)]
    placed.sort(key=lambda term: (-term.count, term.label.text.casefold(), term.key))
    window = view or fitted([_at(term) for term in placed])
    # At the farthest, the whole world is narrower than the drawing, and a pole stands at its edge.
    shown = [term for term in placed if not view or window.shows(*_at(term))]
    chart = PlaceChart(
        Paginator(shown, PER_PAGE).get_page(number),
        sorted((term for term in terms if term.kind == "place" and term not in placed), key=lambda term: term.label.text.casefold()),
        _written(window), window.zoom, len(shown), is_whole=view is None,
    )  # fmt: skip
    chart.circles = _circles(shown, window)
    chart.net = _net(window)
    chart.bar, chart.bar_label = _bar(window)
    chart.ways = _ways(window)
    _ground(chart, window, with_tiles=with_tiles)
    return chart


def _at(term: Charted) -> tuple[float, float]:
    return term.latitude or 0.0, term.longitude or 0.0


def _written(view: View) -> str:
    return f"{view.latitude:.5f},{view.longitude:.5f}"


def _circles(shown: Sequence[Charted], window: View) -> list[Circle]:
    by_key = {term.key: term for term in shown}
    found = clusters(Dot(term.key, *window.place(*_at(term)), term.count) for term in shown)
    labels = [_label([by_key[dot.key] for dot in one.members]) for one in found]
    boxes = named(
        found, [len(label) for label in labels], width=WIDTH, height=HEIGHT, leftward=get_language_bidi()
    )
    return [
        _circle(cluster, box, label, [by_key[dot.key] for dot in cluster.members], window)
        for (cluster, box), label in zip(boxes, labels, strict=True)
    ]


def _label(members: Sequence[Charted]) -> str:
    """Return what stands beside a circle: a place rather than what happened there."""
    first = next((term for term in members if term.kind == "place"), members[0])
    name = shortened(first.label.text, LETTERS)
    return _("%(name)s and others") % {"name": name} if len(members) > 1 else name


def _circle(cluster: Cluster, box: Box | None, label: str, members: list[Charted], window: View) -> Circle:
    first = members[0]
    closer = _closer(members, window) if len(members) > 1 else None
    return Circle(
        round(cluster.x, 1), round(cluster.y, 1), round(cluster.radius, 1), first.kind, _name(members),
        str(len(members)) if len(members) > 1 else "", label if box else "",
        *_beside(cluster, box), round(box.bottom - 4.5, 1) if box else 0,
        first.key if len(members) == 1 else "", _written(closer) if closer else "", closer.zoom if closer else 0,
    )  # fmt: skip


def _beside(cluster: Cluster, box: Box | None) -> tuple[str, float]:
    """Return how a name is held in its box, close to its circle, and where."""
    if box is None:
        return "middle", 0.0
    if box.left >= cluster.x:
        return "start", round(box.left, 1)
    return ("end", round(box.right, 1)) if box.right <= cluster.x else ("middle", round(cluster.x, 1))


def _closer(members: Sequence[Charted], window: View) -> View | None:
    """Return the window that tells some members from each other; None of places that are one."""
    if len({_at(term) for term in members}) == 1:
        return None
    found = fitted([_at(term) for term in members], closest=CLOSEST)
    return found if found.zoom > window.zoom else None


def _name(members: Sequence[Charted]) -> str:
    passages = sum(term.count for term in members)
    said = ngettext("%(count)s passage", "%(count)s passages", passages) % {"count": passages}
    names = [term.label.text for term in members[:SAID]]
    rest = len(members) - len(names)
    if rest:
        names.append(ngettext("%(n)s further place", "%(n)s further places", rest) % {"n": rest})
    return f"{_(', ').join(names)} ({said})"


def _net(window: View) -> list[Line]:
    """Return some meridians and parallels of whole numbers."""
    unit = window.world / 360
    step = next((one for one in reversed(_STEPS) if one * unit >= _APART), _STEPS[0])
    found = []
    _north, west = window.degrees(0, HEIGHT / 2)
    first = int(west // step)
    for index in range(first, first + int(WIDTH / unit / step) + 2):
        longitude = (index * step + 180) % 360 - 180
        x, _y = window.place(0, longitude)
        if 0 < x < WIDTH:
            label = _degrees(longitude, _("%(n)s° E"), _("%(n)s° W")) if EDGE < x < WIDTH - EDGE else ""
            found.append(Line(round(x, 1), label, is_upright=True))
    north, south = window.degrees(WIDTH / 2, 0)[0], window.degrees(WIDTH / 2, HEIGHT)[0]
    for index in range(int(south // step), int(north // step) + 1):
        latitude = index * step
        _x, y = window.place(latitude, window.longitude)
        if 0 < y < HEIGHT and abs(latitude) < 85:
            found.append(
                Line(round(y, 1), _degrees(latitude, _("%(n)s° N"), _("%(n)s° S")), is_upright=False)
            )
    return found


def _degrees(number: float, positive: str, negative: str) -> str:
    words = positive if number > 0 else negative if number < 0 else "%(n)s°"
    return words % {"n": f"{abs(round(number, 4)):g}"}


def _bar(window: View) -> tuple[float, str]:
    """Return how long the bar is that says a round number, and the number."""
    most = window.kilometers(160)
    power = 10.0 ** (len(str(int(most * 1000))) - 1) / 1000
    kilometers = next(part * power for part in (5, 2, 1) if part * power <= most)
    length = round(kilometers / window.kilometers(1), 1)
    if kilometers >= 1:
        return length, _("%(n)s km") % {"n": f"{kilometers:g}"}
    return length, _("%(n)s m") % {"n": f"{kilometers * 1000:g}"}


def _ways(window: View) -> list[tuple[str, str, str, int]]:
    """Return the windows beside, above and below this one."""
    ways = [
        (_("Closer"), "+", window.closer(1)), (_("Further"), "−", window.closer(-1)),
        (_("To the north"), "↑", window.moved(0, -0.5)), (_("To the south"), "↓", window.moved(0, 0.5)),
        (_("To the west"), "←", window.moved(-0.5, 0)), (_("To the east"), "→", window.moved(0.5, 0)),
    ]  # fmt: skip
    return [(name, sign, _written(one), one.zoom) for name, sign, one in ways if one != window]


def _ground(chart: PlaceChart, window: View, *, with_tiles: bool) -> None:
    """Give the map its ground: our outlines, or what a server of tiles has when its reader asked for that."""
    address = settings.MAP_TILES
    if address:
        chart.tile_host, chart.tile_credit = urlsplit(address).netloc, settings.MAP_TILES_CREDIT
    if address and with_tiles:
        chart.tiles = _tiles(address, window)
    else:
        chart.outlines = paths(window)


def _tiles(address: str, window: View) -> list[Tile]:
    left, top = window.corner
    count = 2**window.zoom
    found = []
    for row in range(max(int(top // TILE), 0), min(int((top + HEIGHT) // TILE) + 1, count)):
        for column in range(int(left // TILE), int((left + WIDTH) // TILE) + 1):
            url = address.replace("{z}", str(window.zoom)).replace("{x}", str(column % count))
            found.append(
                Tile(url.replace("{y}", str(row)), round(column * TILE - left, 1), round(row * TILE - top, 1))
            )
    return found
