"""How much of what stood around a span still stands around its image."""

from __future__ import annotations

from annotations.anchoring.types import Lane

#: Words on either side that count as the context of a span.
REACH = 8
#: How much farther away they may have come to stand.
SLACK = 8


def standing(lane: Lane, at: int, old: tuple[int, int], new: tuple[int, int]) -> int:
    """Return how many words beside old words `[first, last]` stand beside new words `[first, last]`.

    `at` is the last run that begins at or before the first old word (-1 if none does).
    """
    return _before(lane, at, old[0], new[0]) + _after(lane, max(at, 0), old[1], new[1])


def _before(lane: Lane, at: int, word: int, image: int) -> int:
    found = 0
    for index in range(at, -1, -1):
        run = lane.runs[index]
        low = max(run.old, word - REACH, run.old + image - REACH - SLACK - run.new)
        high = min(run.old + run.length, word, run.old + image - run.new)
        found += max(0, high - low)
        if run.old <= word - REACH:
            break
    return found


def _after(lane: Lane, at: int, word: int, image: int) -> int:
    found = 0
    for index in range(at, len(lane.runs)):
        run = lane.runs[index]
        if run.old > word + REACH:
            break
        low = max(run.old, word + 1, run.old + image + 1 - run.new)
        high = min(run.old + run.length, word + REACH + 1, run.old + image + REACH + SLACK + 1 - run.new)
        found += max(0, high - low)
    return found
