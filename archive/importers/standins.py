"""Stand-ins for characters that pandoc's CommonMark reader would normalize.

That reader puts its input into Unicode form NFC: it would reorder Arabic vowel marks, compose letters and
replace some signs. Where a text is not in that form already, the characters that NFC touches travel as
others that it leaves alone, one for one, so that columns stay right; afterwards they are put back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

#: Characters that nobody assigns a meaning to, for letters and marks.
PRIVATE = range(0xF0000, 0xFFFFE)
#: Punctuation and spaces, so that emphasis beside them is read as it would have been.
PUNCTUATION = range(0x2E00, 0x2E50)
SPACES = (0x2004, 0x2005, 0x2006, 0x2008, 0x2009, 0x200A, 0x205F, 0x3000)
HANGUL = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))


class StandIns:
    """The stand-ins of one text; does nothing for a text that is in NFC."""

    def __init__(self, text: str) -> None:
        self._there: dict[int, int] = {}
        if not unicodedata.is_normalized("NFC", text):
            self._there = _chosen(set(text))
        self._back = {stand_in: letter for letter, stand_in in self._there.items()}

    def put(self, text: str) -> str:
        """Return the text as the reader may see it."""
        return text.translate(self._there) if self._there else text

    def take_back(self, text: str) -> str:
        """Return what the reader made of it, with the characters of the source."""
        return text.translate(self._back) if self._back else text


def _chosen(letters: set[str]) -> dict[int, int]:
    free = {
        "Z": _unused(SPACES, letters),
        "P": _unused(PUNCTUATION, letters),
        "": _unused(PRIVATE, letters),
    }
    touched = sorted(letter for letter in letters if _is_touched(letter))
    chosen: dict[int, int] = {}
    for letter in touched:
        group = {"Z": "Z", "P": "P", "S": "P"}.get(unicodedata.category(letter)[0], "")
        stand_in = next(free[group], None) or next(free[""])
        chosen[ord(letter)] = stand_in
    return chosen


def _unused(numbers: Iterable[int], letters: set[str]) -> Iterator[int]:
    return (number for number in numbers if chr(number) not in letters)


def _is_touched(letter: str) -> bool:
    """Whether NFC changes this character, moves it, or joins it to the one before."""
    if letter < "\u00a8":
        return False
    return (
        bool(unicodedata.combining(letter))
        or not unicodedata.is_normalized("NFC", letter)
        or letter in _joining()
    )


@cache
def _joining() -> frozenset[str]:
    """Return the characters that stand second in some composition, without being marks by class."""
    found = set(HANGUL)
    for number in range(0x00C0, 0x20000):
        parts = unicodedata.decomposition(chr(number)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(chr(int(parts[1], 16)))
    return frozenset(found)
