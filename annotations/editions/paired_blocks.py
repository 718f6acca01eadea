"""Which blocks of a long changed run belong together: those that share words which stand in no other."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

#: Words in a row that are looked for, once in either wording.
ROW = 3


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return indexes of blocks that belong together, in the order of both.

    Each has the partner with which it shares the most rows of words that occur once in either wording; of partners that
    cross, as many are kept as do not.
    """
    left, right = _places(old), _places(new)
    votes = Counter((left[row], right[row]) for row in left.keys() & right.keys())
    best: dict[int, tuple[int, int]] = {}
    for (one, other), count in votes.items():
        best[one] = max(best.get(one, (0, 0)), (count, -other))
    return _rising([(one, -other) for one, (_count, other) in sorted(best.items())])


def _places(blocks: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the block of every row of words that occurs once."""
    found: dict[tuple[str, ...], int] = {}
    often = set()
    for index, block in enumerate(blocks):
        for row in _rows(block.split()):
            if row in found:
                often.add(row)
            found[row] = index
    return {row: index for row, index in found.items() if row not in often}


def _rows(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    size = min(ROW, len(words))
    return (tuple(words[at : at + size]) for at in range(len(words) - size + 1) if size)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, sorted by the first, of which the second rises too."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_one, other) in enumerate(pairs):
        place = bisect_left(ends, other)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1], at[place : place + 1] = [other], [index]
    chain, index = [], at[-1] if at else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
