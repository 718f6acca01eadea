"""Doubt: where another alignment of the same two texts is nearly as good.

A passage taken out between «الباب الأول» and «الباب الثاني» may have begun with either «الباب»: the hole
can slide over words that are equal at its two ends. And of two entries that are alike, one may have gone
and the other stayed. Where nothing tells, words are doubtful, and a span that holds only such words is
never called right.
"""

from __future__ import annotations

from annotations.anchoring import lookalikes
from annotations.anchoring.chain import gaps
from annotations.anchoring.rows import common_head, common_tail
from annotations.anchoring.sides import Side, Stretch
from annotations.anchoring.tidy import Lines
from annotations.anchoring.types import Gap, Run
from archive.text.words import Words

#: How far a hole is slid to see where lines begin.
FAR = 2_000


def doubtful(
    runs: list[Run], rows: tuple[list[int], list[int]], words: tuple[Words, Words], lines: Lines
) -> list[Stretch]:
    """Return the stretches of old words that could as well be others, in order and disjoint."""
    old = Side(rows[0], words[0], runs, lines.old)
    new = Side(rows[1], words[1], [Run(run.new, run.old, run.length) for run in runs], lines.new)
    between = gaps(runs, Gap(0, len(rows[0]), 0, len(rows[1])))
    found = lookalikes.elsewhere(old, new, between)
    for gap in between:
        taken, given = (gap.old, gap.old_end), (gap.new, gap.new_end)
        found += _rivals(old, taken, given)
        for stretch in _rivals(new, given, taken):
            found += new.images(stretch)
    return _merged(found)


def _rivals(side: Side, hole: Stretch, other: Stretch) -> list[Stretch]:
    """Return the stretches of one text that a hole in it, `other` in the other text, could be instead."""
    width = other[1] - other[0]
    slides = _slides(side, hole, width) if hole[1] - hole[0] > width else []
    return slides + lookalikes.beside(side, hole)


def _slides(side: Side, hole: Stretch, other: int) -> list[Stretch]:
    """Return the words over which the hole can slide, on both of its sides and inside."""
    row, (start, end) = side.row, hole
    found: list[Stretch] = []
    for skip in {0, other}:
        ahead = common_head(row, start + skip, end, row, end, len(row))
        if start + skip + ahead == end:
            ahead = common_head(row, start + skip, len(row), row, end, len(row))
        back = common_tail(row, start, end - skip, row, 0, start)
        if start + back == end - skip:
            back = common_tail(row, 0, end - skip, row, 0, start)
        if not other and _line_tells(side, hole, back, ahead):
            continue
        found += [(end, end + ahead), (start + skip, min(end, start + skip + ahead))]
        found += [(start - back, start), (max(start, end - skip - back), end - skip)]
    return [stretch for stretch in found if stretch[0] < stretch[1]]


def _line_tells(side: Side, hole: Stretch, back: int, ahead: int) -> bool:
    """Whether the hole is whole lines and could not be whole lines anywhere else."""
    start, end = hole
    shifts = range(-min(back, FAR), min(ahead, FAR) + 1)
    whole = [shift for shift in shifts if start + shift in side.lines and end + shift in side.lines]
    return whole == [0]


def _merged(stretches: list[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
