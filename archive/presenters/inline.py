"""Inline markup of one block: properly nested tags from overlapping spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from operator import attrgetter
from typing import NamedTuple


class Edge(NamedTuple):
    """A span and the markup that shows it; spans may overlap, tags may not."""

    start: int
    end: int
    #: The start tag of the first piece, with its id if it has one, and those of later pieces. Empty: no tag.
    opening: str = ""
    again: str = ""
    closing: str = ""
    #: Markup without text put before the span's first code point (`<br>`).
    before: str = ""

    def cut(self, start: int, end: int) -> Edge | None:
        """Return the part within [start, end), or None; a later part has no id, and nothing before it."""
        low, high = max(self.start, start), min(self.end, end)
        if low >= high:
            return None
        if low == self.start:
            return Edge(low, high, self.opening, self.again, self.closing, self.before)
        return Edge(low, high, self.again, self.again, self.closing)


def tagged(start: int, end: int, tag: str, attrs: Mapping[str, str], *, anchor: str = "") -> Edge:
    """Return a span shown by a tag with attributes; `anchor` is an id, for the first piece only."""
    rest = "".join([f' {name}="{_quoted(value)}"' for name, value in attrs.items()]) + ">"
    again = f"<{tag}{rest}"
    opening = f'<{tag} id="{_quoted(anchor)}"{rest}' if anchor else again
    return Edge(start, end, opening, again, f"</{tag}>")


def _quoted(value: str) -> str:
    """Return the value of an attribute; most are ids and names, which need no look."""
    return value if value.isalnum() else escape(value)


def inline(content: str, start: int, end: int, edges: Sequence[Edge]) -> str:
    """Return the markup of `content[start:end]`; of two spans the outer comes first (`nested`)."""
    words = content[start:end]
    if not edges:
        return escape(words, quote=False)
    # Most blocks have no character to escape: then their pieces need no look.
    is_plain = not ("&" in words or "<" in words or ">" in words)
    parts: list[str] = []
    open_: list[Edge] = []
    at = start
    for edge in edges:
        while open_ and (ending := _nearest(open_)) <= edge.start:
            parts.append(_piece(content, at, ending, is_plain))
            at = ending
            _close(open_, at, parts)
        if at < edge.start:
            parts.append(_piece(content, at, edge.start, is_plain))
            at = edge.start
        parts.append(edge.before + edge.opening)
        if edge.closing:
            open_.append(edge)
    while open_:
        ending = _nearest(open_)
        parts.append(_piece(content, at, ending, is_plain))
        at = ending
        _close(open_, at, parts)
    parts.append(_piece(content, at, end, is_plain))
    return "".join(parts)


def nested(edges: list[Edge]) -> list[Edge]:
    """Return the spans sorted, outer ones first: those that begin earlier or reach further."""
    edges.sort(key=attrgetter("end"), reverse=True)
    edges.sort(key=attrgetter("start"))
    return edges


def _nearest(open_: list[Edge]) -> int:
    """Return where the first of the open spans ends."""
    return open_[0].end if len(open_) == 1 else min(edge.end for edge in open_)


def _piece(content: str, start: int, end: int, is_plain: bool) -> str:
    return content[start:end] if is_plain else escape(content[start:end], quote=False)


def _close(open_: list[Edge], at: int, parts: list[str]) -> None:
    """Close what ends here; what was opened later and goes on is closed and opened again."""
    if len(open_) == 1:
        parts.append(open_.pop().closing)
        return
    lowest = next(place for place, edge in enumerate(open_) if edge.end <= at)
    going_on = [edge for edge in open_[lowest:] if edge.end > at]
    parts.extend(edge.closing for edge in reversed(open_[lowest:]))
    parts.extend(edge.again for edge in going_on)
    open_[lowest:] = going_on
