"""One of the two texts, seen by itself while rivals are looked for."""

from __future__ import annotations

from bisect import bisect_right

from annotations.anchoring.likeness import alike
from annotations.anchoring.types import Run
from archive.text.folding import fold_key
from archive.text.words import Words

#: Words `[start, end)` of one text.
Stretch = tuple[int, int]

#: Words that differ tell two passages apart, unless they are so alike that one may be the other, edited.
KIN = 0.6
#: Shorter words tell nothing: they are everywhere.
TELLING = 4


class Side:
    """The words of one text, which of them have an image in the other, and which begin a line.

    `runs` begin with the places in this text.
    """

    def __init__(self, row: list[int], words: Words, runs: list[Run], lines: set[int]) -> None:
        self.row, self.lines = row, lines
        self.words, self._runs = words, runs
        self._starts = [run.old for run in runs]

    def has_image(self, word: int) -> bool:
        """Whether a word is in a run."""
        index = bisect_right(self._starts, word) - 1
        return index >= 0 and word < self._runs[index].old + self._runs[index].length

    def images(self, stretch: Stretch) -> list[Stretch]:
        """Return the words of the other text from the first image of a stretch to its last, if it has any."""
        start, end = stretch
        first, last = max(0, bisect_right(self._starts, start) - 1), bisect_right(self._starts, end - 1)
        found = []
        for run in self._runs[first:last]:
            low, high = max(start, run.old), min(end, run.old + run.length)
            if low < high:
                found.append((low - run.old + run.new, high - run.old + run.new))
        return [(found[0][0], found[-1][1])] if found else []


def differ(one: str, other: str) -> bool:
    """Whether two words are two, and tell their passages apart."""
    first, second = fold_key(one), fold_key(other)
    return max(len(first), len(second)) >= TELLING and alike(first, second) < KIN
