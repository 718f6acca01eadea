"""Places in a text: code points here and on the wire, UTF-16 units in a browser; and quotes of a place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

#: Code points of context on either side of a quote.
CONTEXT = 32

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Quote(NamedTuple):
    """The words of a place and what stands around them (a W3C TextQuoteSelector)."""

    exact: str
    prefix: str
    suffix: str


def quote(content: str, start: int, end: int, *, context: int = CONTEXT) -> Quote:
    """Return the words at `[start, end)` and `context` code points around them."""
    return Quote(content[start:end], content[max(0, start - context) : start], content[end : end + context])


class Utf16Map:
    """Both ways between code points and UTF-16 units of one text."""

    def __init__(self, content: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(content)]
        self._units = [place + before for before, place in enumerate(self._astral)]

    def to_utf16(self, place: int) -> int:
        """Return the UTF-16 offset of a code-point offset."""
        return place + bisect_left(self._astral, place)

    def from_utf16(self, unit: int) -> int:
        """Return the code-point offset of a UTF-16 offset; within a surrogate pair, that of the pair."""
        before = bisect_right(self._units, unit)
        if before and self._units[before - 1] == unit - 1:
            return self._astral[before - 1]
        return unit - bisect_left(self._units, unit)


def to_utf16(content: str, place: int) -> int:
    """Return the UTF-16 offset of one code-point offset."""
    return place + len(_ASTRAL.findall(content, 0, place))


def from_utf16(content: str, unit: int) -> int:
    """Return the code-point offset of one UTF-16 offset."""
    return Utf16Map(content).from_utf16(unit)
