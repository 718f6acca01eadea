"""Rows of a pairing: which blocks of a translation stand for which of its original, and how a person corrects them.

An alignment is a list of rows in reading order. A row says how many blocks each text has in it; together they
cover both texts. How rows are worked out stands in `pairing.py`, how they follow a corrected text in `following.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """How many blocks of the original and of the translation stand beside each other."""

    left: int
    right: int
    #: Whether a person should look at it.
    to_check: bool = False


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


def _at(rows: Sequence[Row], at: int) -> Row:
    if not 0 <= at < len(rows):
        raise ValueError("no such row")
    return rows[at]


def _with(row: Row, side: str, more: int) -> Row:
    return Row(row.left + more, row.right) if side == "left" else Row(row.left, row.right + more)
