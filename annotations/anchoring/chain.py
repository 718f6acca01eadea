"""The main line: which words of the old text are which of the new, in order.

Patience first: words that occur once in each text pin them together; between the pins the same again, and
what is small enough by exact edit distance. Everything is linear in the texts but the small gaps.
"""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from annotations.anchoring import pins
from annotations.anchoring.rows import common_head, common_tail
from annotations.anchoring.types import Gap, Run

#: Gaps of at most this many word pairs are aligned exactly at once.
SMALL = 400
#: Larger gaps without a pin are aligned through windows of this many words.
WINDOW = 8_192
#: How many times a gap may be pinned before it is aligned exactly.
DEPTH = 8


def align(a: list[int], b: list[int]) -> list[Run]:
    """Return the runs of equal words in order; no two overlap or touch in both texts."""
    runs: list[Run] = []
    todo: list[tuple[Gap, int]] = [(Gap(0, len(a), 0, len(b)), 0)]
    while todo:
        gap, depth = todo.pop()
        if gap.pairs == 0:
            continue
        head, tail, gap = trim(a, b, gap)
        runs += [run for run in (head, tail) if run.length]
        if gap.pairs == 0:
            continue
        held = [] if gap.pairs <= SMALL or depth >= DEPTH else pins.found(a, b, gap)
        if held:
            runs += held
            todo += [(between, depth + 1) for between in gaps(held, gap)]
        else:
            runs += exactly(a, b, gap)
    return join(sorted(runs))


def gaps(runs: list[Run], within: Gap) -> list[Gap]:
    """Return what lies before, between and after the runs."""
    edges = [
        Run(within.old, within.new, 0),
        *runs,
        Run(within.old_end, within.new_end, 0),
    ]
    return [
        Gap(left.old + left.length, right.old, left.new + left.length, right.new)
        for left, right in pairwise(edges)
    ]


def join(runs: list[Run]) -> list[Run]:
    """Return the runs with neighbours that touch in both texts made one."""
    joined: list[Run] = []
    for run in runs:
        if joined:
            last = joined[-1]
            if last.old + last.length == run.old and last.new + last.length == run.new:
                joined[-1] = Run(last.old, last.new, last.length + run.length)
                continue
        joined.append(run)
    return joined


def trim(a: list[int], b: list[int], gap: Gap) -> tuple[Run, Run, Gap]:
    """Return the equal head, the equal tail and the gap that remains."""
    head = common_head(a, gap.old, gap.old_end, b, gap.new, gap.new_end)
    old, new = gap.old + head, gap.new + head
    tail = common_tail(a, old, gap.old_end, b, new, gap.new_end)
    rest = Gap(old, gap.old_end - tail, new, gap.new_end - tail)
    return Run(gap.old, gap.new, head), Run(rest.old_end, rest.new_end, tail), rest


def exactly(a: list[int], b: list[int], gap: Gap) -> list[Run]:
    """Return the equal runs of the cheapest edit, through windows if the gap is large."""
    old, old_end, new, new_end = gap
    if gap.pairs <= WINDOW * WINDOW:
        return _edit(a, b, gap)
    runs: list[Run] = []
    while old < old_end and new < new_end:
        window = Gap(old, min(old + WINDOW, old_end), new, min(new + WINDOW, new_end))
        found = _edit(a, b, window)
        if window[1] == old_end and window[3] == new_end:
            return runs + found
        # The far half is aligned against a cut that is not there: only the near half counts.
        near = [run for run in found if max(run.old - old, run.new - new) < WINDOW // 2]
        runs += near
        last = near[-1] if near else Run(old, new, WINDOW // 2)
        old, new = last.old + last.length, last.new + last.length
    return runs


def _edit(a: list[int], b: list[int], gap: Gap) -> list[Run]:
    old, old_end, new, new_end = gap
    blocks = Levenshtein.opcodes(a[old:old_end], b[new:new_end]).as_matching_blocks()
    return [Run(old + block.a, new + block.b, block.size) for block in blocks if block.size]
