"""Folding: the shadow of a text in which spellings that readers take for one are one.

Folding is made character by character, so that every folded character knows where it came from and the
browser can do the same from the same vectors (`tests/vectors/folding.json`):

1. compatibility decomposition (NFKD) and case folding: ligatures and presentation forms become their letters;
2. vowel marks, accents, niqqud, tatweel, joiners and bidi controls are dropped;
3. letters that are written for each other become one (`LETTERS`), digits become ASCII, spaces become " ";
4. what remains is composed again (NFC).

Stored text is never folded. `variants` and `match_forms` go one step further: a word without its prefixes and
endings, and every dress in which a word may be met.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

from archive.text import stems
from archive.text.fold_tables import CONTROLS, DROPPED, LETTERS

_DROPPED = frozenset(chain.from_iterable(range(first, last + 1) for first, last in DROPPED))


def fold_character(character: str) -> str:
    """Return what one code point leaves in folded text: often one character, sometimes none or several."""
    if ord(character) in _DROPPED:
        return ""
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = "".join(_fold_letter(letter) for letter in decomposed if ord(letter) not in _DROPPED)
    if kept.isspace() and not character.isspace():
        # A vowel mark that stands alone decomposes to a space that bears it: it is still only a mark.
        return "" if "\ufb50" <= character <= "\ufefc" else character
    return unicodedata.normalize("NFC", kept)


def _fold_letter(letter: str) -> str:
    if letter in LETTERS:
        return LETTERS[letter]
    if letter.isspace() or letter == "\u200b":
        return " "
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)


class _Table(dict[int, str]):
    """A translation table that fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


class _Widths(dict[int, str]):
    """For each character, the number of folded characters it leaves, as a character."""

    def __missing__(self, code: int) -> str:
        width = self[code] = chr(len(_FOLDS[code]))
        return width


_FOLDS = _Table()
_WIDTHS = _Widths()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back: `starts[i]` is the code point of `source` that gave `text[i]`."""

    text: str
    starts: Sequence[int]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return `[start, end)` of the source for `[start, end)` of the folded text.

        The marks and tatweels that follow the last letter belong to it; direction controls do not. An
        empty span stays empty.
        """
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else len(self.source)
            return place, place
        last = _end_of_letter(self.source, self.starts[end - 1] + 1)
        return self.starts[start], last


def _end_of_letter(source: str, end: int) -> int:
    """Return the end of the dropped marks that begin at `end`, controls at their end left out."""
    solid = end
    for place in range(end, len(source)):
        character = source[place]
        if ord(character) not in _DROPPED:
            break
        if character not in CONTROLS:
            solid = place + 1
    return solid


def fold(text: str) -> Folded:
    """Fold a text, keeping the way back to its code points."""
    folded = fold_key(text)
    if text.isascii():
        return Folded(folded, range(len(text)), text)
    widths = text.translate(_WIDTHS).encode("latin-1")
    starts = array("I", compress(range(len(text)), widths))
    if len(starts) != len(folded):
        starts = array("I", chain.from_iterable([place] * width for place, width in enumerate(widths)))
    return Folded(folded, starts, text)


def fold_key(text: str) -> str:
    """Fold a text for comparison only."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def variants(word: str) -> list[tuple[str, float]]:
    """Return the readings of a word as (stem, penalty), itself folded first; see `archive.text.stems`."""
    return stems.readings(fold_key(word))


def match_forms(word: str, *, max_penalty: float = stems.MAX_PENALTY) -> list[tuple[str, float]]:
    """Return the folded words that count as an occurrence of `word`, as (form, penalty), itself first."""
    return stems.forms(fold_key(word), max_penalty=max_penalty)
