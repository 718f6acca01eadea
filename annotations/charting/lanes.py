"""Bars of time with their labels in lanes: no two of a lane ever overlap.

Numbers are units of a drawing that begins at 0 on the side of the earliest day; whoever draws turns it round for
writing that begins at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.text.edtf_spans import Edge, Span

#: Units: the least width of a bar, of an end that is not sure, of what has no known end; and what lies between two.
LEAST, LEAST_END, FADING, GAP = 8.0, 5.0, 28.0, 12.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Days `[first, last]` over `width` units."""

    first: int
    last: int
    width: float

    def x(self, day: float) -> float:
        """Return where a day begins, between 0 and the width."""
        part = (day - self.first) / (self.last + 1 - self.first)
        return self.width * min(max(part, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: `style` is "sure", "within" (somewhere in it), "about", "perhaps", "both", "open" or "unknown"."""

    x: float
    width: float
    style: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as it is drawn: what it is made of, where its label begins, and which lane it has."""

    key: int
    pieces: tuple[Piece, ...]
    label_x: float
    lane: int
    #: Whether it goes on before or after what the line shows.
    before: bool
    after: bool

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.pieces[0].x

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.pieces[-1].x + self.pieces[-1].width

    @property
    def is_point(self) -> bool:
        """Whether it is too short for a bar."""
        return len(self.pieces) == 1 and self.pieces[0].width <= LEAST


def bars(spans: Sequence[tuple[Span, float]], scale: Scale) -> list[Bar]:
    """Return the bars of spans that touch the scale, each given with the width of its label, in the order given."""
    free: list[float] = []
    found = []
    for key, (span, label) in enumerate(spans):
        pieces = pieces_of(span, scale)
        start, end = pieces[0].x, pieces[-1].x + pieces[-1].width
        label_x = max(0.0, min(start, scale.width - label))
        left, right = min(start, label_x), max(end, label_x + label)
        lane = next((index for index, until in enumerate(free) if until <= left), len(free))
        free[lane:lane + 1] = [right + GAP]  # fmt: skip
        before = span.start is None or span.start.first < scale.first
        after = span.end is None or span.end.last > scale.last
        found.append(Bar(key, pieces, label_x, lane, before, after))
    return found


def touches(span: Span, first: int, last: int) -> bool:
    """Return whether a span can lie in `[first, last]`."""
    starts = span.first is None or span.first <= last
    ends = span.last is None or span.last >= first
    # What has no known end is told of where its other end is.
    if span.unknown_start and span.end:
        starts, ends = span.end.first <= last, span.end.last >= first
    if span.unknown_end and span.start:
        starts, ends = span.start.first <= last, span.start.last >= first
    return starts and ends


def pieces_of(span: Span, scale: Scale) -> tuple[Piece, ...]:
    """Return what a span is drawn of, from its beginning to its end; at least one piece, inside the scale."""
    if not span.is_interval or span.is_set:
        found = [_whole(span, scale)]
    else:
        found = [*_start(span.start, span, scale), *_middle(span, scale), *_end(span.end, span, scale)]
    found = [piece for piece in found if piece.width > 0]
    if not found:
        edge = span.start or span.end
        found = [Piece(scale.x(edge.first if edge else scale.first), 0, "sure")]
    return _wide_enough(found, scale)


def _whole(span: Span, scale: Scale) -> Piece:
    x = scale.x(span.start.first) if span.start else 0.0
    end = scale.x(span.end.last + 1) if span.end else scale.width
    doubt = next((edge.doubt for edge in (span.start, span.end) if edge and edge.doubt), "")
    is_day = span.start is not None and span.start.is_sure and not span.is_set
    return Piece(x, max(end - x, 0), "sure" if is_day else _style(doubt))


def _style(doubt: str) -> str:
    return {"": "within", "~": "about", "?": "perhaps", "%": "both"}[doubt]


def _start(edge: Edge | None, span: Span, scale: Scale) -> list[Piece]:
    if edge is None:
        if not span.unknown_start or span.end is None:
            return []
        x = scale.x(span.end.first)
        return [Piece(max(x - FADING, 0), min(FADING, x), "unknown")]
    return [] if edge.is_sure else [_edge(edge, scale)]


def _end(edge: Edge | None, span: Span, scale: Scale) -> list[Piece]:
    if edge is None:
        if not span.unknown_end or span.start is None:
            return []
        x = scale.x(span.start.last + 1)
        return [Piece(x, min(FADING, scale.width - x), "unknown")]
    return [] if edge.is_sure else [_edge(edge, scale)]


def _edge(edge: Edge, scale: Scale) -> Piece:
    """Return an end that is not one day; one that is in doubt is wide enough to be seen."""
    x, end = scale.x(edge.first), scale.x(edge.last + 1)
    if edge.doubt and 0 < x < scale.width:
        end = min(max(end, x + LEAST_END), scale.width)
    return Piece(x, end - x, _style(edge.doubt))


def _middle(span: Span, scale: Scale) -> list[Piece]:
    """Return what lies surely inside: from the last day that the beginning can be to the first one of the end."""
    start = 0.0
    if span.start:
        start = scale.x(span.start.first) if span.start.is_sure else _after(_edge(span.start, scale))
    elif span.unknown_start and span.end:
        start = scale.x(span.end.first)
    end = scale.width
    if span.end:
        end = scale.x(span.end.last + 1) if span.end.is_sure else scale.x(span.end.first)
    elif span.unknown_end and span.start:
        end = scale.x(span.start.last + 1) if span.start.is_sure else start
    is_open = (span.start is None and not span.unknown_start) or (span.end is None and not span.unknown_end)
    return [Piece(start, end - start, "open" if is_open else "sure")]


def _after(piece: Piece) -> float:
    return piece.x + piece.width


def _wide_enough(found: list[Piece], scale: Scale) -> tuple[Piece, ...]:
    """Return the pieces side by side; one that would hardly be seen is made as wide as a point, within the scale."""
    placed: list[Piece] = []
    x = found[0].x
    for piece in found:
        x = max(x, piece.x)
        width = max(piece.x + piece.width - x, 0)
        if width or not placed:
            placed.append(Piece(x, width, piece.style))
            x += width
    start, end = placed[0].x, x
    if end - start >= LEAST:
        return tuple(placed)
    start = max(0.0, min(start, scale.width - LEAST))
    style = max(placed, key=lambda piece: piece.width).style
    return (Piece(start, LEAST, style),)
