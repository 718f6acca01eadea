"""Which blocks of a translation stand for which of its original, worked out from headings and lengths.

Headings pin the two texts together where their levels agree. Between the pins the blocks are paired by their
lengths, as W. A. Gale and K. W. Church pair sentences in "A Program for Aligning Sentences in Bilingual
Corpora", Computational Linguistics 19 (1), 1993, pp. 75-102: a long piece is translated by a long one, and the
difference of two lengths is about normal. Their constants are used; how much longer one language is than
the other is taken from the texts themselves.

An alignment is a list of rows in reading order. A row says how many blocks each text has in it; together they
cover both texts. Everything here is plain values, and nothing but `Pieces` is read of a text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

#: Variance of the difference for each letter, as measured by Gale and Church.
VARIANCE = 6.8
#: How likely a row of so many blocks of the one and of the other text is, after Gale and Church.
PRIORS = {
    (1, 1): 0.89, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011,
    # Not theirs: paragraphs are cut in three, become one of three, and are left out whatever their length.
    (3, 1): 0.003, (1, 3): 0.003, (1, 0): 0.0003, (0, 1): 0.0003,
}  # fmt: skip
_COSTS = {shape: -math.log(prior) for shape, prior in PRIORS.items()}
#: What a row costs besides in which a heading stands against what is none.
MISMATCH = 6.0
#: Stretches of at most so many pairs of blocks are looked at whole.
WHOLE = 200_000
#: In longer ones, how far a pairing may stray from the best so far, in blocks of the translation.
BAND = 24
#: Letters added to both texts when their lengths are compared: in short ones, what was left out would count too much.
EVEN = 2_000
#: What leaving a heading without its like costs, against how far apart two of them stand (a share of the text).
ALONE = 0.35


class Row(NamedTuple):
    """How many blocks of the original and of the translation stand beside each other."""

    left: int
    right: int
    #: Whether a person should look at it.
    to_check: bool = False


@dataclass(frozen=True, slots=True)
class Pieces:
    """The blocks of one text as far as pairing looks at them."""

    #: Of each block, in code points.
    lengths: tuple[int, ...]
    #: Heading level of each block, 0 for what is no heading.
    levels: tuple[int, ...]

    @classmethod
    def of(cls, blocks: Sequence[Mapping[str, Any]]) -> Pieces:
        """Return the pieces of a text from its blocks as JSON."""
        return cls(
            tuple(block["end"] - block["start"] for block in blocks),
            tuple((block.get("level") or 2) if block["kind"] == "heading" else 0 for block in blocks),
        )

    def __len__(self) -> int:
        return len(self.lengths)


def propose(left: Pieces, right: Pieces) -> tuple[Row, ...]:
    """Return the likeliest rows of two texts."""
    ratio = (sum(right.lengths) + EVEN) / (sum(left.lengths) + EVEN)
    pins = [(-1, -1), *_pins(left, right), (len(left), len(right))]
    rows: list[Row] = []
    for (l_pin, r_pin), (l_next, r_next) in pairwise(pins):
        if l_pin >= 0:
            rows.append(Row(1, 1))
        rows += _between(left, right, (l_pin + 1, l_next), (r_pin + 1, r_next), ratio)
    return tuple(rows)


def fits(rows: Sequence[Row], left: int, right: int) -> bool:
    """Whether rows cover texts of so many blocks, and none of them is empty."""
    sides = (sum(row.left for row in rows), sum(row.right for row in rows))
    return sides == (left, right) and all(
        min(row.left, row.right) >= 0 and row.left + row.right > 0 for row in rows
    )


def spans(rows: Sequence[Row]) -> Iterator[tuple[int, int, int, int]]:
    """Yield of each row its first and last blocks, half-open: original from, to, translation from, to."""
    left = right = 0
    for row in rows:
        yield left, left + row.left, right, right + row.right
        left, right = left + row.left, right + row.right


def merge(rows: Sequence[Row], at: int) -> tuple[Row, ...]:
    """Return the rows with one and its follower made one; raises ValueError when there is no follower."""
    if not 0 <= at < len(rows) - 1:
        raise ValueError("no row to merge with")
    one, other = rows[at], rows[at + 1]
    return (*rows[:at], Row(one.left + other.left, one.right + other.right), *rows[at + 2 :])


def split(rows: Sequence[Row], at: int, left: int, right: int) -> tuple[Row, ...]:
    """Return the rows with one cut in two; the first half has so many blocks of either text.

    Raises ValueError when one of the halves would be empty.
    """
    row = _at(rows, at)
    halves = (Row(left, right), Row(row.left - left, row.right - right))
    if any(min(half.left, half.right) < 0 or half.left + half.right == 0 for half in halves):
        raise ValueError("nothing on one side")
    return (*rows[:at], *halves, *rows[at + 1 :])


def shift(rows: Sequence[Row], at: int, side: str, step: int) -> tuple[Row, ...]:
    """Return the rows with a block of one text moved over the border of a row.

    `step` -1 moves the row's first block of that `side` ("left", "right") into the row before it, 1 its last into
    the row after it; at the ends of the text a row is made for it. A row that is left without blocks is gone.
    Raises ValueError when the row has no such block, or is nothing but it at an end of the text.
    """
    row = _at(rows, at)
    if side not in ("left", "right") or step not in (-1, 1) or not getattr(row, side):
        raise ValueError("no such block")
    changed = list(rows)
    changed[at] = _with(row, side, -1)
    to = at + step
    if 0 <= to < len(changed):
        changed[to] = _with(changed[to], side, 1)
    elif row.left + row.right == 1:
        raise ValueError("nowhere to move to")
    else:
        changed.insert(0 if step < 0 else len(changed), _with(Row(0, 0), side, 1))
    return tuple(row for row in changed if row.left + row.right)


def carried(rows: Sequence[Row], side: str, before: Sequence[str], after: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows for a new wording of one side, whose blocks were `before` and are `after`.

    Blocks of the same words pin the wordings together; what lies between is shared out by length. Rows that hold
    a block that is not the same as before are to be checked.
    """
    borders, same = _followed(before, after)
    found: list[Row] = []
    for row, (l_from, l_to, r_from, r_to) in zip(rows, spans(rows), strict=True):
        first, last = (l_from, l_to) if side == "left" else (r_from, r_to)
        new_first, new_last = borders[first], borders[last]
        count = new_last - new_first
        kept = count == last - first and all(same[new_first:new_last])
        left, right = (count, row.right) if side == "left" else (row.left, count)
        moved = Row(left, right, row.to_check or not kept)
        if moved.left + moved.right:
            found.append(moved)
    if not before and after:  # A wording without blocks had no row that could take them.
        found.append(Row(len(after), 0, True) if side == "left" else Row(0, len(after), True))
    return tuple(found)


def _at(rows: Sequence[Row], at: int) -> Row:
    if not 0 <= at < len(rows):
        raise ValueError("no such row")
    return rows[at]


def _with(row: Row, side: str, more: int) -> Row:
    return Row(row.left + more, row.right) if side == "left" else Row(row.left, row.right + more)


def _pins(left: Pieces, right: Pieces) -> list[tuple[int, int]]:
    """Return the headings that stand for each other: of one level, in order, as near as can be."""
    a = [index for index, level in enumerate(left.levels) if level]
    b = [index for index, level in enumerate(right.levels) if level]
    if [left.levels[index] for index in a] == [right.levels[index] for index in b]:
        return list(zip(a, b, strict=True))
    where_a, where_b = _shares(left, a), _shares(right, b)
    width, best = len(b) + 1, [column * ALONE for column in range(len(b) + 1)]
    steps = [bytearray([2] * width)]
    for row, index in enumerate(a, start=1):
        line, step = [row * ALONE], bytearray(width)
        step[0] = 1
        for column, other in enumerate(b, start=1):
            cost, taken = best[column] + ALONE, 1
            if line[column - 1] + ALONE < cost:
                cost, taken = line[column - 1] + ALONE, 2
            if left.levels[index] == right.levels[other]:
                apart = best[column - 1] + abs(where_a[row - 1] - where_b[column - 1])
                if apart <= cost:
                    cost, taken = apart, 0
            line.append(cost)
            step[column] = taken
        best = line
        steps.append(step)
    found, row, column = [], len(a), len(b)
    while row and column:
        taken = steps[row][column]
        if taken == 0:
            found.append((a[row - 1], b[column - 1]))
        row, column = row - (taken != 2), column - (taken != 1)
    return found[::-1]


def _shares(pieces: Pieces, indexes: Sequence[int]) -> list[float]:
    """Return how far into the text each of these blocks begins, from 0 to 1."""
    begun = [0, *accumulate(pieces.lengths)]
    return [begun[index] / (begun[-1] or 1) for index in indexes]


def _between(
    left: Pieces, right: Pieces, l_span: tuple[int, int], r_span: tuple[int, int], ratio: float
) -> list[Row]:
    """Return the cheapest rows of two stretches, by lengths."""
    (l_from, l_to), (r_from, r_to) = l_span, r_span
    n, m = l_to - l_from, r_to - r_from
    if not n or not m:
        return [Row(1, 0)] * n + [Row(0, 1)] * m
    if n == m == 1:  # There is nothing else that either could stand for.
        return [Row(1, 1)]
    l_sums = [0, *accumulate(left.lengths[l_from:l_to])]
    r_sums = [0, *accumulate(right.lengths[r_from:r_to])]
    l_heads = [0, *accumulate(1 if level else 0 for level in left.levels[l_from:l_to])]
    r_heads = [0, *accumulate(1 if level else 0 for level in right.levels[r_from:r_to])]
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    chosen: dict[tuple[int, int], tuple[int, int]] = {}
    best_j, is_small = 0, n * m <= WHOLE
    for i in range(n + 1):
        low, high = (0, m) if is_small else (max(0, best_j - BAND), min(m, best_j + BAND))
        if i == n:
            high = m  # Whatever is left of the translation stands alone.
        cheapest = math.inf
        for j in range(low, high + 1):
            best, shape_of_best = (0.0, (0, 0)) if not i and not j else (math.inf, (0, 0))
            for shape, prior in _COSTS.items():
                known = costs.get((i - shape[0], j - shape[1]))
                if known is None or known + prior >= best:
                    continue
                cost = known + prior
                if 0 not in shape:
                    cost += _cost(l_sums[i] - l_sums[i - shape[0]], r_sums[j] - r_sums[j - shape[1]], ratio)
                    heads = (l_heads[i] - l_heads[i - shape[0]], r_heads[j] - r_heads[j - shape[1]])
                    cost += MISMATCH if heads[0] != heads[1] else 0
                if cost < best:
                    best, shape_of_best = cost, shape
            if best == math.inf:
                continue
            costs[i, j], chosen[i, j] = best, shape_of_best
            if best < cheapest:
                cheapest, best_j = best, j
    rows: list[Row] = []
    i, j = n, m
    while i or j:
        shape = chosen[i, j]
        rows.append(Row(*shape))
        i, j = i - shape[0], j - shape[1]
    return rows[::-1]


def _cost(left: int, right: int, ratio: float) -> float:
    """Return how unlikely it is that one length stands for the other: -log of the two-sided probability."""
    mean = (left + right / ratio) / 2
    if mean == 0:
        return 0.0
    delta = abs(right - left * ratio) / math.sqrt(mean * VARIANCE * max(ratio, 0.01))
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-12))


def _followed(before: Sequence[str], after: Sequence[str]) -> tuple[list[int], list[bool]]:
    """Return where each border between blocks has gone, and which of the new blocks are as they were."""
    pairs = _same(before, after)
    same = [False] * len(after)
    for _old, new in pairs:
        same[new] = True
    begun_old, begun_new = ([0, *accumulate(map(len, side))] for side in (before, after))
    borders = [0] * (len(before) + 1)
    edges = [(-1, -1), *pairs, (len(before), len(after))]
    for (old, new), (old_next, new_next) in pairwise(edges):
        borders[old + 1] = new + 1
        size = begun_old[old_next] - begun_old[old + 1] or 1
        grown = (begun_new[new_next] - begun_new[new + 1]) / size
        at = new + 1
        for index in range(old + 2, old_next):
            goal = begun_new[new + 1] + (begun_old[index] - begun_old[old + 1]) * grown
            if old_next - old == new_next - new:  # As many blocks as before: each for itself.
                at = new + index - old
            else:
                while at < new_next and abs(begun_new[at + 1] - goal) < abs(begun_new[at] - goal):
                    at += 1
            borders[index] = at
        if old_next - old > 1:
            borders[old_next] = new_next
    borders[0], borders[-1] = 0, len(after)
    return borders, same


def _same(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the blocks whose words stayed, in order."""
    numbers: dict[str, int] = {}
    old, new = ([numbers.setdefault(words, len(numbers)) for words in side] for side in (before, after))
    return [
        (run.a + step, run.b + step)
        for run in Levenshtein.opcodes(old, new).as_matching_blocks()
        for step in range(run.size)
    ]
