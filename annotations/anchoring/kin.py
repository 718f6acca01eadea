"""Inside the gaps: which old words became which new ones, letters changed, parted or run together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from annotations.anchoring.inner import inner_end
from annotations.anchoring.likeness import alike
from annotations.anchoring.types import Alignment, Gap
from archive.text.folding import fold_key

#: Gaps with more pairs of words than this are passages that were rewritten, not words that were changed.
LARGEST = 4_000
#: Two words are one, changed, if they are so alike; in a large gap, where some will be so by chance, more so.
KIN, SURE_KIN = 0.5, 0.65
LARGE = 16
#: In a large gap, words of fewer letters than this are kin to any.
SHORT = 4
#: A word that was parted, or two that were run together, must be this like.
JOINED = 0.8
#: A word that is less like by no more than this is as like.
NEARLY = 0.1


class Image(NamedTuple):
    """Where one old word lies in the new text, by code points."""

    start: int
    end: int
    #: How like it is; 0 for a word that took its place.
    likeness: float


class _Pair(NamedTuple):
    """Words `[old, old_end)` of one side of a gap that became `[new, new_end)` of the other."""

    old: int
    old_end: int
    new: int
    new_end: int
    likeness: float


def images(alignment: Alignment, gap: Gap) -> dict[int, Image]:
    """Return the images of the old words of a gap, as far as they have one."""
    if not 0 < gap.pairs <= LARGEST:
        return {}
    old, new = alignment.old_words, alignment.new_words
    before = [fold_key(word) for word in old.texts[gap.old : gap.old_end]]
    after = [fold_key(word) for word in new.texts[gap.new : gap.new_end]]
    found: dict[int, Image] = {}
    for pair in _with_slots(_paired(before, after), len(before), len(after)):
        start, end = new.starts[gap.new + pair.new], new.ends[gap.new + pair.new_end - 1]
        word = gap.old + pair.old
        if pair.old_end - pair.old == 1:
            found[word] = Image(start, end, pair.likeness)
        else:
            joined = "".join(old.texts[word : word + 2])
            middle = start + inner_end(joined, alignment.new[start:end], len(old.texts[word]))
            found[word] = Image(start, middle, pair.likeness)
            found[word + 1] = Image(middle, end, pair.likeness)
    return found


def has_rival(alignment: Alignment, gap: Gap, word: int, image: Image) -> bool:
    """Whether a changed word of a gap could as well have become another, or another have become what it did."""
    old, new = alignment.old_words, alignment.new_words
    inside = [at for at in range(gap.new, gap.new_end) if image.start <= new.starts[at] < image.end]
    # One of two words that the image was parted into may be the word alone.
    others = [at for at in range(gap.new, gap.new_end) if at not in inside or len(inside) > 1]
    mine, its = fold_key(old.texts[word]), fold_key(alignment.new[image.start : image.end])
    enough = image.likeness - NEARLY
    if any(alike(mine, fold_key(new.texts[at])) >= enough for at in others):
        return True
    rest = (at for at in range(gap.old, gap.old_end) if at != word)
    return any(alike(fold_key(old.texts[at]), its) >= enough for at in rest)


def _paired(before: list[str], after: list[str]) -> list[_Pair]:
    """Return the pairs, in order, that keep the most letters."""
    width = len(after) + 1
    best = [0.0] * width
    choices: list[list[_Pair | None]] = [[None] * width]
    rows = [best]
    for old in range(1, len(before) + 1):
        row, chosen = [0.0] * width, [None] * width  # type: list[float], list[_Pair | None]
        for new in range(1, width):
            top, choice = max((rows[old - 1][new], 0), (row[new - 1], 1))
            found: _Pair | None = _Pair(old - 1, old, new, new, 0.0) if choice == 0 else None
            for pair, gain in _pairs(before, after, old, new):
                total = rows[pair.old][pair.new] + gain
                if total > top:
                    top, found = total, pair
            row[new], chosen[new] = top, found
        rows.append(row)
        choices.append(chosen)
    return _traced(choices, len(before), len(after))


def _pairs(before: list[str], after: list[str], old: int, new: int) -> Iterator[tuple[_Pair, float]]:
    """Yield the pairs that end before words `old` and `new`, with the letters they keep."""
    mine, theirs = before[old - 1], after[new - 1]
    single = alike(mine, theirs)
    large = len(before) * len(after) > LARGE
    if single >= (SURE_KIN if large else KIN) and not (large and max(len(mine), len(theirs)) < SHORT):
        yield _Pair(old - 1, old, new - 1, new, single), single * (len(mine) + len(theirs))
    if old > 1 and len(theirs) > len(mine):
        joined = before[old - 2] + mine
        likeness = alike(joined, theirs)
        if likeness >= max(JOINED, single, alike(before[old - 2], theirs)):
            yield _Pair(old - 2, old, new - 1, new, likeness), likeness * (len(joined) + len(theirs))
    if new > 1 and len(mine) > len(theirs):
        joined = after[new - 2] + theirs
        likeness = alike(mine, joined)
        if likeness >= max(JOINED, single, alike(mine, after[new - 2])):
            yield _Pair(old - 1, old, new - 2, new, likeness), likeness * (len(mine) + len(joined))


def _traced(choices: list[list[_Pair | None]], old: int, new: int) -> list[_Pair]:
    pairs: list[_Pair] = []
    while old and new:
        pair = choices[old][new]
        if pair is None:
            new -= 1
        else:
            old, new = pair.old, pair.new
            if pair.new_end > pair.new:
                pairs.append(pair)
    return pairs[::-1]


def _with_slots(pairs: list[_Pair], olds: int, news: int) -> list[_Pair]:
    """Return the pairs, and words that stand for each other between them: as many on either side."""
    edges = [_Pair(0, 0, 0, 0, 0.0), *pairs, _Pair(olds, olds, news, news, 0.0)]
    found = list(pairs)
    for left, right in pairwise(edges):
        if right.old - left.old_end == right.new - left.new_end:
            found += [
                _Pair(
                    left.old_end + step,
                    left.old_end + step + 1,
                    left.new_end + step,
                    left.new_end + step + 1,
                    0.0,
                )
                for step in range(right.old - left.old_end)
            ]
    return found
