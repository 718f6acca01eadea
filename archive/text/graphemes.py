"""What a reader takes for one letter: a base with its marks, never cut apart."""

from __future__ import annotations

import unicodedata

import regex

_CLUSTER = regex.compile(r"\X")

#: Categories that can stand only at the beginning of a cluster, or alone, when a plain letter goes before.
_PLAIN = frozenset(("Lu", "Ll", "Lt", "Lm", "Nd", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Cc"))

#: How far back a cluster is looked for: longer ones are made by machines.
_REACH = 64


def is_boundary(content: str, place: int) -> bool:
    """Whether a cluster begins (or the text ends) at `place`."""
    if place <= 0 or place >= len(content):
        return True
    if content[place] != "\n" and _is_plain(content[place - 1]) and _is_plain(content[place]):
        return True
    return _cluster(content, place)[0] == place


def snap(content: str, start: int, end: int) -> tuple[int, int]:
    """Return the span grown outward to whole clusters; an empty span moves to the cluster it stands in."""
    if not is_boundary(content, start):
        start, after = _cluster(content, start)
        end = max(end, after)
    if end < start:
        end = start
    if not is_boundary(content, end):
        end = _cluster(content, end)[1]
    return start, end


def _is_plain(character: str) -> bool:
    """Whether this is a letter of an alphabet, a figure, a point or a space: one that joins no neighbour."""
    if character.isascii():
        return character != "\r"
    category = unicodedata.category(character)
    if category == "Lo":
        return "\u05d0" <= character <= "\u06ff"
    return category in _PLAIN and not "\uff9e" <= character <= "\uff9f"


def _cluster(content: str, place: int) -> tuple[int, int]:
    """Return the cluster that holds the code point at `place`."""
    low = max(0, place - _REACH)
    for back in range(place - 1, low, -1):
        if _is_plain(content[back - 1]) and _is_plain(content[back]) and content[back] != "\n":
            low = back
            break
    for match in _CLUSTER.finditer(content, low):
        if match.end() > place:
            span: tuple[int, int] = match.span()
            return span
    return place, place
