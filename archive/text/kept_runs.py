"""Where a run of blocks that is kept from readers stands in another wording: surely, wider than it was, or nowhere.

A place that is told must hold every word of the run that the new wording still has: whatever else may go wrong,
it is never too narrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.enums import SectionFit
from archive.text.folding import fold_key
from archive.text.following import same_blocks

#: So many words in a row that only the run had tell that they come from it.
TELLING = 3


class Run(NamedTuple):
    """Blocks `[first, last)`; both None when the run is lost."""

    first: int | None
    last: int | None
    fit: SectionFit


LOST = Run(None, None, SectionFit.LOST)


def followed(before: Sequence[str], after: Sequence[str], first: int, last: int) -> Run:
    """Return where the blocks `before[first:last]` have gone in `after`."""
    found = _unchanged(before, after, first, last) or _between(before, after, first, last)
    if found.first is None or found.last is None or found.first >= found.last:
        return LOST
    return LOST if _strayed(before, after, (first, last), (found.first, found.last)) else found


def _unchanged(before: Sequence[str], after: Sequence[str], first: int, last: int) -> Run | None:
    """Return the place of the very same blocks when there is no other of them, then or now."""
    run = list(before[first:last])
    if not any(words.strip() for words in run):
        return None
    then, now = _places_of(run, before), _places_of(run, after)
    if len(then) != 1 or len(now) != 1:
        return None
    return Run(now[0], now[0] + len(run), SectionFit.SAME)


def _places_of(run: Sequence[str], blocks: Sequence[str]) -> list[int]:
    size = len(run)
    return [
        at
        for at in range(len(blocks) - size + 1)
        if blocks[at] == run[0] and list(blocks[at : at + size]) == list(run)
    ]


def _between(before: Sequence[str], after: Sequence[str], first: int, last: int) -> Run:
    """Return all that stands between the nearest neighbors that cannot be mistaken for another block."""
    then, now = Counter(before), Counter(after)
    sure = [
        (old, new)
        for old, new in same_blocks(before, after)
        if before[old].strip() and then[before[old]] == now[before[old]] == 1
    ]
    left = max((pair for pair in sure if pair[0] < first), default=(-1, -1))
    right = min((pair for pair in sure if pair[0] >= last), default=(len(before), len(after)))
    is_near = left[0] == first - 1 and right[0] == last
    return Run(left[1] + 1, right[1], SectionFit.BETWEEN if is_near else SectionFit.WIDER)


def _strayed(before: Sequence[str], after: Sequence[str], old: tuple[int, int], new: tuple[int, int]) -> bool:
    """Whether words that only the run had stand outside of its new place."""
    run = before[slice(*old)]
    others = [*before[: old[0]], *before[old[1] :]]
    outside = [*after[: new[0]], *after[new[1] :]]
    whole = {key for words in run if (key := _key(words))} - {_key(words) for words in others}
    told = _told(run) - _told(others)
    known = set(others)
    return any(
        _key(words) in whole or not told.isdisjoint(_told([words])) for words in outside if words not in known
    )


def _key(words: str) -> str:
    return " ".join(fold_key(words).split())


def _told(blocks: Iterable[str]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for words in blocks:
        split = fold_key(words).split()
        found.update(tuple(split[at : at + TELLING]) for at in range(len(split) - TELLING + 1))
    return found
