"""How the rows of a pairing follow a text that got another wording; what is not the same as before is to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from archive.text.alignment import Row, spans


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


def _followed(before: Sequence[str], after: Sequence[str]) -> tuple[list[int], list[bool]]:
    """Return where each border between blocks has gone, and which of the new blocks are as they were."""
    pairs = same_blocks(before, after)
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


def same_blocks(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the blocks whose words stayed, in order."""
    numbers: dict[str, int] = {}
    old, new = ([numbers.setdefault(words, len(numbers)) for words in side] for side in (before, after))
    return [
        (run.a + step, run.b + step)
        for run in Levenshtein.opcodes(old, new).as_matching_blocks()
        for step in range(run.size)
    ]
