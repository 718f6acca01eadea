"""Rows of words, as integers: what two of them have in common at their ends, and what occurs once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def common_head(a: list[int], i: int, i_end: int, b: list[int], j: int, j_end: int) -> int:
    """Return how many words are the same from `a[i]` and `b[j]` on."""
    limit = min(i_end - i, j_end - j)
    if limit <= 0 or a[i] != b[j]:
        return 0
    same, step = 0, 1
    while same < limit:
        step = min(step, limit - same)
        if a[i + same : i + same + step] == b[j + same : j + same + step]:
            same += step
            step = min(step * 2, 4096)
        elif step == 1:
            break
        else:
            step = step // 2
    return same


def common_tail(a: list[int], i: int, i_end: int, b: list[int], j: int, j_end: int) -> int:
    """Return how many words are the same before `a[i_end]` and `b[j_end]`."""
    limit = min(i_end - i, j_end - j)
    if limit <= 0 or a[i_end - 1] != b[j_end - 1]:
        return 0
    same, step = 0, 1
    while same < limit:
        step = min(step, limit - same)
        if a[i_end - same - step : i_end - same] == b[j_end - same - step : j_end - same]:
            same += step
            step = min(step * 2, 4096)
        elif step == 1:
            break
        else:
            step = step // 2
    return same


def grams(row: list[int], start: int, end: int, size: int) -> list[tuple[int, ...]]:
    """Return every row of `size` words that begins in `[start, end - size]`."""
    return list(zip(*(row[start + shift : end - size + 1 + shift] for shift in range(size)), strict=True))


def once(rows: Sequence[Item], base: int) -> dict[Item, int]:
    """Return the place of each row that occurs once, in order."""
    last = dict(zip(rows, range(base, base + len(rows)), strict=True))
    if len(last) == len(rows):
        return last
    first = dict(zip(reversed(rows), range(base + len(rows) - 1, base - 1, -1), strict=True))
    return {row: place for row, place in last.items() if first[row] == place}
