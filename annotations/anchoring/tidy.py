"""Tidying the main line: equal words that are equal by chance are let go, holes are set where lines begin."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from annotations.anchoring.chain import join
from annotations.anchoring.rows import common_head, common_tail
from annotations.anchoring.types import Run
from archive.text.words import Words

#: An island of equal words is believed if it has so many words, or this share of the smaller sea beside it.
SOLID = 4
ISLAND = 0.5
#: Where whole lines gave way to others, so many words at their edges may be the same by chance.
CHANCE = 3
#: Fewer words than this on either side are no lines that gave way.
LINES = 8
#: A hole slides no farther than this to a line.
FAR = 500


class Lines:
    """Which words of the two texts begin a line."""

    def __init__(self, old: str, old_words: Words, new: str, new_words: Words) -> None:
        self.old = _line_starts(old, old_words)
        self.new = _line_starts(new, new_words)


def _line_starts(text: str, words: Words) -> set[int]:
    found = {0, len(words.starts)}
    place = text.find("\n")
    while place >= 0:
        found.add(bisect_right(words.starts, place))
        place = text.find("\n", place + 1)
    return found


def tidied(runs: list[Run], a: list[int], b: list[int], lines: Lines) -> list[Run]:
    """Return the main line as a person would draw it."""
    runs = _grown(_without_islands(runs, len(a), len(b)), a, b)
    runs = _without_islands(_whole_lines(runs, lines), len(a), len(b))
    return _settled(runs, a, b, lines)


def _grown(runs: list[Run], a: list[int], b: list[int]) -> list[Run]:
    """Return the runs grown into the gaps as far as words are equal, forward first."""
    grown: list[Run] = []
    for run, after in pairwise([*runs, Run(len(a), len(b), 0)]):
        old, new = (grown[-1].old + grown[-1].length, grown[-1].new + grown[-1].length) if grown else (0, 0)
        back = common_tail(a, old, run.old, b, new, run.new)
        ahead = common_head(a, run.old + run.length, after.old, b, run.new + run.length, after.new)
        grown.append(Run(run.old - back, run.new - back, back + run.length + ahead))
    return join(grown)


def _without_islands(runs: list[Run], a_length: int, b_length: int) -> list[Run]:
    """Return the runs without the word or two that are equal by chance between passages that changed."""
    kept: list[Run] = []
    edges = [*runs, Run(a_length, b_length, 0)]
    for run, after in pairwise(edges):
        before = kept[-1] if kept else Run(0, 0, 0)
        left = max(run.old - before.old - before.length, run.new - before.new - before.length)
        right = max(after.old - run.old - run.length, after.new - run.new - run.length)
        if run.length >= min(SOLID, ISLAND * min(left, right)):
            kept.append(run)
    return kept


def _whole_lines(runs: list[Run], lines: Lines) -> list[Run]:
    """Return the runs without the words by which they reach into lines that gave way to others."""
    trimmed: list[Run] = []
    for run in runs:
        if trimmed:
            left = trimmed[-1]
            end, new_end = left.old + left.length, left.new + left.length
            if min(run.old - end, run.new - new_end) >= LINES:
                back = _to_line(end, new_end, left.length, lines, -1)
                ahead = _to_line(run.old, run.new, run.length, lines, 1)
                trimmed[-1] = Run(left.old, left.new, left.length - back)
                run = Run(run.old + ahead, run.new + ahead, run.length - ahead)
        trimmed.append(run)
    return [run for run in trimmed if run.length]


def _to_line(old: int, new: int, limit: int, lines: Lines, step: int) -> int:
    """Return how few words away both texts begin a line; 0 if they do so nowhere near."""
    for count in range(min(CHANCE, limit) + 1):
        if old + step * count in lines.old and new + step * count in lines.new:
            return count
    return 0


def _settled(runs: list[Run], a: list[int], b: list[int], lines: Lines) -> list[Run]:
    """Return the runs with each hole slid to where a line begins, if it can slide there."""
    settled: list[Run] = []
    for run in runs:
        while settled:
            left, run = _slid(settled.pop(), run, a, b, lines)
            if left.length:
                settled.append(left)
                break
        if run.length:
            settled.append(run)
    return join(settled)


def _slid(left: Run, right: Run, a: list[int], b: list[int], lines: Lines) -> tuple[Run, Run]:
    row, start, end, starts = a, left.old + left.length, right.old, lines.old
    if start == end:
        row, start, end, starts = b, left.new + left.length, right.new, lines.new
    elif left.new + left.length != right.new:
        return left, right
    back = common_tail(row, start - left.length, start, row, end - left.length, end)
    ahead = common_head(row, start, start + right.length, row, end, end + right.length)
    good = [shift for shift in range(-min(back, FAR), min(ahead, FAR) + 1) if start + shift in starts]
    if not good or 0 in good:
        return left, right
    shift = min(good, key=abs)
    return (
        Run(left.old, left.new, left.length + shift),
        Run(right.old + shift, right.new + shift, right.length - shift),
    )
