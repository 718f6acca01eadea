"""A text without some of its blocks: what is left, as a text by itself.

Nothing of it tells how long what is left out was: offsets count the words that are there. Blocks keep their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Json = Mapping[str, Any]


class Gap(NamedTuple):
    """Blocks `[first, last)` that are left out, and what is said in their place."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a text."""

    content: str
    blocks: Sequence[Json]
    marks: Sequence[Json]
    #: Of each block that is left, its place among all blocks of the text.
    numbers: Sequence[int]
    #: What is said before a block that is left, by its place among them; after the last one, by their number.
    labels: Mapping[int, Sequence[str]]


def cut(content: str, blocks: Sequence[Json], marks: Sequence[Json], gaps: Iterable[Gap]) -> Cut:
    """Return a text without its gaps; marks that reach into one are left out whole."""
    gaps = sorted(gaps)
    hidden = {index for gap in gaps for index in range(gap.first, gap.last)}
    numbers = [index for index in range(len(blocks)) if index not in hidden]
    words = [content[blocks[index]["start"] : blocks[index]["end"]] for index in numbers]
    starts, at = [], 0
    for piece in words:
        starts.append(at)
        at += len(piece) + 1
    shifts = {index: start - blocks[index]["start"] for index, start in zip(numbers, starts, strict=True)}
    labels: dict[int, list[str]] = {}
    for gap in gaps:
        if gap.first < gap.last:
            labels.setdefault(sum(index < gap.first for index in numbers), []).append(gap.label)
    return Cut(
        content="\n".join(words),
        blocks=[_moved(blocks[index], shifts[index]) for index in numbers],
        marks=list(_marks(blocks, marks, shifts)), numbers=numbers, labels=labels,
    )  # fmt: skip


def _moved(value: Json, shift: int) -> dict[str, Any]:
    return {**value, "start": value["start"] + shift, "end": value["end"] + shift}


def _marks(blocks: Sequence[Json], marks: Sequence[Json], shifts: Mapping[int, int]) -> Iterable[Json]:
    """Yield the marks that stand in blocks that are left, and in no other."""
    ordered = sorted(marks, key=lambda mark: (mark["start"], mark["end"]))
    first, count = 0, len(blocks)
    for mark in ordered:
        while first < count and blocks[first]["end"] < mark["start"]:
            first += 1
        last = first
        while last < count and blocks[last]["end"] < mark["end"]:
            last += 1
        touched = range(first, min(last + 1, count))
        moved = {shifts.get(index) for index in touched}
        if len(moved) == 1 and None not in moved:
            yield _moved(mark, moved.pop() or 0)
