"""The drawing of a neighborhood: what points here on one side, what is pointed at on the other, by relation.

The same references give the same drawing. It is written for a reader's eye and for a keyboard: every node is a link, in
the order of reading; the table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language_bidi

from annotations.presenters.neighborhood import Node, Tie
from archive.text.words import shortened

#: Nodes of a drawing; of further ones it says how many there are.
MOST = 60
#: Units of the drawing: the width of all, of a node and of the middle, and what a row takes.
WIDE, NODE, MIDDLE, ROW, HEAD, EDGE = 960, 310, 200, 40, 30, 8
#: Letters of a label, of which the page shows what its box holds; the whole is in the table and in the node's title.
LETTERS = 60
#: How deep the thing itself stands at most: within the first screen of a phone, however long the lists beside it are.
DEEPEST = 220


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node in its place; numbers are units of the drawing."""

    node: Node
    x: int
    y: int
    label: str
    #: How many references it stands for.
    count: int
    #: The line to the middle, an SVG path.
    line: str
    #: Whose line has its arrow at the node.
    is_target: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a relation over its nodes."""

    label: str
    x: int
    y: int


@dataclass(slots=True)
class Drawing:
    """The whole, in units."""

    center: str
    height: int
    nodes: list[Drawn] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    #: References that no node stands for.
    further: int = 0

    @property
    def middle(self) -> int:
        """The height of the thing itself."""
        return min(self.height // 2, DEEPEST)

    @property
    def left(self) -> int:
        """Where the drawing begins: a side that nobody stands on takes no room."""
        return 0 if any(node.x < self.center_x for node in self.nodes) else self.center_x - EDGE

    @property
    def width(self) -> int:
        """How wide what is drawn is."""
        has_right = any(node.x > self.center_x for node in self.nodes)
        return (WIDE if has_right else self.center_x + MIDDLE + EDGE) - self.left

    @property
    def center_x(self) -> int:
        """Where the middle's box begins."""
        return (WIDE - MIDDLE) // 2


@dataclass(slots=True)
class _Group:
    label: str
    direction: str
    nodes: dict[str, tuple[Node, int]] = field(default_factory=dict)


def drawing(center: str, ties: Sequence[Tie], *, total: int) -> Drawing:
    """Return the drawing of some references, in the order in which they are given; `total` is how many there are."""
    groups, drawn = _groups(ties)
    sides = {side: [group for group in groups if group.direction == side] for side in ("in", "out")}
    height = max(_height(side) for side in sides.values())
    found = Drawing(shortened(center, LETTERS), max(height, 120), further=max(0, total - drawn))
    for side, members in sides.items():
        _place(found, members, side)
    return found


def _groups(ties: Sequence[Tie]) -> tuple[list[_Group], int]:
    """Return the nodes by direction and relation, and how many references they stand for."""
    groups: dict[tuple[str, str], _Group] = {}
    nodes = drawn = 0
    for tie in ties:
        group = groups.setdefault((tie.direction, tie.label), _Group(tie.label, tie.direction))
        node, count = group.nodes.get(tie.there.key, (tie.there, 0))
        if not count:
            if nodes == MOST:
                continue
            nodes += 1
        group.nodes[tie.there.key] = (node, count + 1)
        drawn += 1
    return [group for group in groups.values() if group.nodes], drawn


def _height(groups: Sequence[_Group]) -> int:
    return sum(HEAD + ROW * len(group.nodes) for group in groups) + 2 * EDGE


def _place(found: Drawing, groups: Sequence[_Group], side: str) -> None:
    """Put one side's nodes below each other; what points here stands where a line of writing begins."""
    at_left = (side == "in") != get_language_bidi()
    x = EDGE if at_left else WIDE - NODE - EDGE
    # A side that would end above the thing itself stands around it.
    y = max(0, found.middle - _height(groups) // 2) + EDGE
    for group in groups:
        found.heads.append(Head(group.label, x + NODE // 2, y + HEAD - 9))
        y += HEAD
        for node, count in group.nodes.values():
            found.nodes.append(_drawn(node, count, (x, y), found.middle, is_target=side == "out"))
            y += ROW


def _drawn(node: Node, count: int, at: tuple[int, int], middle: int, *, is_target: bool) -> Drawn:
    x, y = at
    at_left = x < WIDE // 2
    edge = x + NODE if at_left else x
    center = (WIDE - MIDDLE) // 2 if at_left else (WIDE + MIDDLE) // 2
    half, height = (edge + center) // 2, y + (ROW - 6) // 2
    line = f"M{edge} {height}C{half} {height} {half} {middle} {center} {middle}"
    label = shortened(
        node.words if node.words and node.kind in ("note", "passage") else node.title or node.words, LETTERS
    )
    return Drawn(node, x, y, label, count, line, is_target)
