"""A text in which many quotes are looked for: folded once, its spaces made one."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from archive.text.folding import Folded, fold, fold_key

#: Places looked at, of words that stand everywhere.
LOOKED_AT = 500
#: Letters from which on a quote with its context, standing once, is that place.
WHOLE = 12
_SPACES = re.compile(r"\s+")


class Found(NamedTuple):
    """Where words stand, as written or else folded; `is_whole` says that no further places were left unseen."""

    spans: list[tuple[int, int]]
    is_literal: bool
    is_whole: bool


def squeezed(text: str) -> str:
    """Return a text folded, with one space for whatever spaces and ends of lines it has."""
    return _SPACES.sub(" ", fold_key(text))


class Haystack:
    """Finds quotes in a text; remembers those it was asked for."""

    def __init__(self, content: str) -> None:
        self.content = content
        self._known: dict[str, Found] = {}

    @cached_property
    def _folded(self) -> Folded:
        """The text folded, and of a run of spaces only the first."""
        folded = fold(self.content)
        kept = []
        before = False
        for place, letter in enumerate(folded.text):
            space = letter.isspace()
            if not (space and before):
                kept.append(place)
            before = space
        text = "".join(" " if folded.text[place].isspace() else folded.text[place] for place in kept)
        return Folded(text, [folded.starts[place] for place in kept], self.content)

    def find(self, exact: str) -> Found:
        """Return where words stand: as written if they do, else folded."""
        if exact not in self._known:
            self._known[exact] = self._find(exact)
        return self._known[exact]

    def _find(self, exact: str) -> Found:
        literal = _places(self.content, exact)
        if literal:
            return Found([(start, start + len(exact)) for start in literal], True, len(literal) < LOOKED_AT)
        wanted = squeezed(exact).strip()
        if not wanted:
            return Found([], False, True)
        places = _places(self._folded.text, wanted)
        spans = [self._folded.span(start, start + len(wanted)) for start in places]
        return Found(spans, False, len(places) < LOOKED_AT)

    def only_with_context(self, exact: str, prefix: str, suffix: str) -> tuple[int, int] | None:
        """Return the one place where the words stand in just this context; None where there is none, or another."""
        if not prefix.strip() or not suffix.strip():
            return None
        before, after = squeezed(prefix).lstrip(), squeezed(suffix).rstrip()
        middle = squeezed(exact)
        whole = _SPACES.sub(" ", before + middle + after)
        if len(whole) < WHOLE or len(whole) != len(before) + len(middle) + len(after):
            return None
        text = self._folded.text
        at = text.find(whole)
        if at < 0 or text.find(whole, at + 1) >= 0:
            return None
        start = at + len(before) + (len(middle) - len(middle.lstrip()))
        end = at + len(before) + len(middle.rstrip())
        return self._as_written(exact, *self._folded.span(start, end)) if start < end else None

    def _as_written(self, exact: str, start: int, end: int) -> tuple[int, int]:
        """Return the very words, with the spaces at their edges, where they stand so around the folded place."""
        lead = len(exact) - len(exact.lstrip())
        low = start - lead
        return (low, low + len(exact)) if low >= 0 and self.content.startswith(exact, low) else (start, end)

    def next(self, words: str, start: int) -> int | None:
        """Return where words stand first at or after a place."""
        at = self.content.find(words, start) if words else -1
        return at if at >= 0 else None


def _places(text: str, words: str) -> list[int]:
    found: list[int] = []
    place = text.find(words)
    while place >= 0 and len(found) < LOOKED_AT:
        found.append(place)
        place = text.find(words, place + 1)
    return found
