"""The edges of a span: from the images of its edge words to code points, points and spaces beside them too."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from annotations.anchoring.inner import inner_end, inner_start, is_plain
from annotations.anchoring.kin import Image
from annotations.anchoring.types import Alignment, Span
from archive.text.graphemes import snap
from archive.text.words import Words


class Edge(NamedTuple):
    """An old word at the edge of a span, and its image."""

    word: int
    image: Image


def image_of(alignment: Alignment, span: Span, low: Edge, high: Edge) -> tuple[int, int]:
    """Return the code points of the image of a span from those of its edge words, in whole letters."""
    start, end = _start(alignment, span, low), _end(alignment, span, high)
    if start >= end or alignment.new[start:end] == alignment.old[span.start : span.end]:
        return start, end
    if low.word < high.word:
        whole = _together(alignment, span, start, end)
        if whole:
            return whole
    return snap(alignment.new, *_without_space(alignment, span, low, high, (start, end)))


def trades_space(old: str, new: str) -> bool:
    """Whether a space at an edge of a span has nothing in its image that it could be, or came there with a mark."""
    return old[:1].isspace() != new[:1].isspace() or old[-1:].isspace() != new[-1:].isspace()


def is_cut_plainly(alignment: Alignment, place: int, edge: Edge) -> bool:
    """Whether an edge of a span, where it is inside a word, is plain to see in the image of that word."""
    start, end = alignment.old_words.starts[edge.word], alignment.old_words.ends[edge.word]
    if not start < place < end:
        return True
    return is_plain(alignment.old[start:end], alignment.new[edge.image.start : edge.image.end], place - start)


def _together(alignment: Alignment, span: Span, start: int, end: int) -> tuple[int, int] | None:
    """Return where the words stand together at one edge, if they do at only one.

    What was put between them is then what was put beside them: a hole that could slide.
    """
    words, size = alignment.new_words, span.end - span.start
    exact = alignment.old[span.start : span.end]
    places = [
        place
        for place in ((start, start + size), (end - size, end))
        if place[0] >= 0
        and alignment.new[slice(*place)] == exact
        and not _is_cut(words, place[0])
        and not _is_cut(words, place[1])
    ]
    return places[0] if len(places) == 1 else None


def _is_cut(words: Words, place: int) -> bool:
    """Whether a place is inside a word."""
    at = bisect_right(words.starts, place) - 1
    return at >= 0 and words.starts[at] < place < words.ends[at]


def _start(alignment: Alignment, span: Span, edge: Edge) -> int:
    old, new, words = alignment.old, alignment.new, alignment.old_words
    begin, (start, end, _) = words.starts[edge.word], edge.image
    if span.start > begin:
        return start + inner_start(old[begin : words.ends[edge.word]], new[start:end], span.start - begin)
    floor = max(span.start, words.ends[edge.word - 1] if edge.word else 0)
    while begin > floor and start > 0 and _same(old[begin - 1], new[start - 1]):
        begin, start = begin - 1, start - 1
    return start


def _end(alignment: Alignment, span: Span, edge: Edge) -> int:
    old, new, words = alignment.old, alignment.new, alignment.old_words
    limit, (start, end, _) = words.ends[edge.word], edge.image
    if span.end < limit:
        begin = words.starts[edge.word]
        return start + inner_end(old[begin:limit], new[start:end], span.end - begin)
    ceiling = min(span.end, words.starts[edge.word + 1] if edge.word + 1 < len(words.starts) else len(old))
    while limit < ceiling and end < len(new) and _same(old[limit], new[end]):
        limit, end = limit + 1, end + 1
    return end


def _same(old: str, new: str) -> bool:
    """Whether a point or a space beside a word is as it was; a line break is a space."""
    return old == new or (old.isspace() and new.isspace())


def _without_space(
    alignment: Alignment, span: Span, low: Edge, high: Edge, place: tuple[int, int]
) -> tuple[int, int]:
    """Return the place without the space at its edges, but for what was selected beside words that stand."""
    words, (start, end) = alignment.old_words, place
    kept = alignment.new[start:end]
    gone = low.word > 0 and words.ends[low.word - 1] > span.start
    if gone or not alignment.old[span.start].isspace():
        start = end - len(kept.lstrip())
    gone = high.word + 1 < len(words.starts) and words.starts[high.word + 1] < span.end
    if gone or not alignment.old[span.end - 1].isspace():
        end = place[0] + len(kept.rstrip())
    return start, end
