"""Which blocks of a translation stand for which of its original, worked out from headings and lengths.

Headings pin the two texts together where their levels agree. Between the pins the blocks are paired by their
lengths, as W. A. Gale and K. W. Church pair sentences in "A Program for Aligning Sentences in Bilingual
Corpora", Computational Linguistics 19 (1), 1993, pp. 75-102: a long piece is translated by a long one, and the
difference of two lengths is about normal. Their constants are used; how much longer one language is than
the other is taken from the texts themselves.

Everything here is plain values, and nothing but `Pieces` is read of a text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from archive.text.alignment import Row

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
