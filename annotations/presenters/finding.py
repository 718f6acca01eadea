"""Words that a person quotes, found in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.text.context import words_after, words_before
from archive.text.folding import fold, fold_key

#: Places offered when the words occur more often.
MOST = 25
#: Code points around a place.
AROUND = 48


@dataclass(frozen=True, slots=True)
class Found:
    """An occurrence, with the text around it."""

    start: int
    end: int
    exact: str
    before: str
    after: str

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.start}-{self.end}"


def occurrences(content: str, words: str) -> list[Found]:
    """Return where `words` stand, letter for letter; or else spelled differently, or spread over lines."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    spans = [match.span() for match in pattern.finditer(content)] if words.split() else []
    if not spans and fold_key(words).split():
        folded = fold(content)
        loose = re.compile(r"\s+".join(map(re.escape, fold_key(words).split())))
        spans = [folded.span(*match.span()) for match in loose.finditer(folded.text)]
    return [found(content, start, end) for start, end in spans[:MOST]]


def found(content: str, start: int, end: int) -> Found:
    """Return a place with what stands around it in its line, cut at words."""
    before, after = words_before(content, start, AROUND), words_after(content, end, AROUND)
    return Found(start, end, content[start:end], before, after)
