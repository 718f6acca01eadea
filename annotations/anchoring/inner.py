"""Edges inside a word: where in a word that became another they are."""

from __future__ import annotations

from bisect import bisect_left

from rapidfuzz.distance import Levenshtein

from archive.text.folding import Folded, fold


def inner_start(old: str, new: str, offset: int) -> int:
    """Return where in `new` begins what begins at `offset` of `old`, one word that became the other."""
    if old == new:
        return offset
    before, after = fold(old), fold(new)
    place = _through(before, after, bisect_left(before.starts, offset))
    return after.starts[place] if place < len(after.starts) else len(new)


def inner_end(old: str, new: str, offset: int) -> int:
    """Return where in `new` ends what ends at `offset` of `old`, one word that became the other."""
    if old == new:
        return offset
    before, after = fold(old), fold(new)
    place = _through(before, after, bisect_left(before.starts, offset))
    return after.span(place - 1, place)[1] if place else 0


def is_plain(old: str, new: str, offset: int) -> bool:
    """Whether the letters on both sides of an edge inside a word still stand beside each other in the other word."""
    before, after = fold(old), fold(new)
    place = bisect_left(before.starts, offset)
    if before.text == after.text or not 0 < place < len(before.text):
        return True
    codes = Levenshtein.opcodes(before.text, after.text)
    return any(code.tag == "equal" and code.src_start < place < code.src_end for code in codes)


def _through(before: Folded, after: Folded, place: int) -> int:
    """Return the place in one folded word of a place in the other."""
    if before.text == after.text:
        return place
    for code in Levenshtein.opcodes(before.text, after.text):
        if place <= code.src_end and place >= code.src_start and code.src_end > code.src_start:
            return min(code.dest_start + place - code.src_start, code.dest_end)
    return len(after.text)
