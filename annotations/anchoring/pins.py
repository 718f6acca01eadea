"""Pins: words, and rows of words, that occur once in each text and so hold the two together."""

from __future__ import annotations

from itertools import pairwise

from annotations.anchoring.rows import common_head, common_tail, grams, once
from annotations.anchoring.types import Gap, Run

#: Words that occur once pin the texts if there is one to so many words; else rows of words are looked for.
FAR = 40
#: Lengths of the rows of words that are looked for, the surest first.
GRAMS = (5, 3)


def found(a: list[int], b: list[int], gap: Gap) -> list[Run]:
    """Return runs, in order, made of words, or rows of words, that occur once in each side of the gap."""
    pieces = _unique_words(a, b, gap)
    if len(pieces) * FAR >= min(gap.old_end - gap.old, gap.new_end - gap.new):
        return spread(a, b, gap, heaviest(pieces), 1)
    for size in GRAMS:
        mine = once(grams(a, gap.old, gap.old_end, size), gap.old)
        theirs = once(grams(b, gap.new, gap.new_end, size), gap.new)
        pieces = _diagonals([(i, theirs[gram]) for gram, i in mine.items() if gram in theirs])
        if pieces:
            return spread(a, b, gap, heaviest(pieces), size)
    return []


def _unique_words(a: list[int], b: list[int], gap: Gap) -> list[Run]:
    """Return the words that occur once in each side and have the same neighbour there."""
    mine = once(a[gap.old : gap.old_end], gap.old)
    theirs = once(b[gap.new : gap.new_end], gap.new)
    pairs = [(i, theirs[word]) for word, i in mine.items() if word in theirs]
    low, high, new_low, new_high = gap.old, gap.old_end - 1, gap.new, gap.new_end - 1
    return _diagonals(
        [
            (i, j)
            for i, j in pairs
            if (i > low and j > new_low and a[i - 1] == b[j - 1])
            or (i < high and j < new_high and a[i + 1] == b[j + 1])
        ]
    )


def _diagonals(pairs: list[tuple[int, int]]) -> list[Run]:
    """Return pairs of places, in order of the first, as runs of neighbours.

    The length of a run counts places: rows of words that begin there reach farther.
    """
    pieces: list[Run] = []
    first = second = length = 0
    for i, j in pairs:
        if i == first + length and j == second + length:
            length += 1
            continue
        if length:
            pieces.append(Run(first, second, length))
        first, second, length = i, j, 1
    if length:
        pieces.append(Run(first, second, length))
    return pieces


def heaviest(pieces: list[Run]) -> list[Run]:
    """Return the pieces, sorted by old place, that follow each other in the new text too and weigh most."""
    if all(left.new < right.new for left, right in pairwise(pieces)):
        return pieces
    order = {new: place for place, new in enumerate(sorted(piece.new for piece in pieces), start=1)}
    # A Fenwick tree of the best chain that ends at or before each place. An entry is one integer, weight before number:
    # pairs would cost an allocation each, in the innermost loop.
    count = len(pieces)
    best = [0] * (count + 1)
    before = [0] * (count + 1)
    for number, piece in enumerate(pieces, start=1):
        place = order[piece.new]
        top, below = 0, place - 1
        while below:
            if best[below] > top:
                top = best[below]
            below &= below - 1
        weight, before[number] = divmod(top, count + 1)
        entry = (weight + piece.length) * (count + 1) + number
        while place <= count:
            if best[place] < entry:
                best[place] = entry
            place += place & -place
    total = max(best)
    chain: list[Run] = []
    number = total % (count + 1)
    while number:
        chain.append(pieces[number - 1])
        number = before[number]
    return chain[::-1]


def spread(a: list[int], b: list[int], gap: Gap, pieces: list[Run], size: int) -> list[Run]:
    """Return the pieces as runs of words, grown as far as words are equal, none overlapping."""
    runs: list[Run] = []
    old, new = gap.old, gap.new
    for piece in pieces:
        i, j, end = piece.old, piece.new, piece.old + piece.length + size - 1
        back = common_tail(a, old, i, b, new, j) if i >= old and j >= new else -max(old - i, new - j)
        i, j = i - back, j - back
        if i >= end:
            continue
        length = end - i
        length += common_head(a, end, gap.old_end, b, j + length, gap.new_end)
        runs.append(Run(i, j, length))
        old, new = i + length, j + length
    return runs
