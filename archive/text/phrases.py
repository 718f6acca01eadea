"""Names of several words as a text has them: in any spelling, with what is written onto each word, whole or in part.

Pure: no database. Texts are compared folded (`archive.text.folding`), places are told in code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.text import stems
from archive.text.folding import fold, fold_key

_WORD = re.compile(r"[^\W_]+")
#: Words of a name beyond these are not looked at.
MAX_WORDS = 8
#: A part of a name is looked for by itself when it has at least so many letters.
SHORTEST_PART = 4


class Spelling(StrEnum):
    """How far from the words that are sought a text may be."""

    #: Vowel marks, hamzas and other ways to write one letter do not count; nothing else differs.
    SAME = "same"
    #: What is written before an Arabic word: و ف ب ك ل ال; in English as `SAME`.
    PREFIXES = "prefixes"
    #: Pronouns, plurals and other endings too.
    ENDINGS = "endings"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other: for each, the folded forms in which it is met, with their penalty."""

    words: tuple[Mapping[str, float], ...]
    #: Whether it is one word of a longer name.
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`[start, end)` in code points of the text that was searched."""

    start: int
    end: int
    #: 0 when all words stand as they were asked for.
    penalty: float
    is_part: bool
    #: Which one it is.
    phrase: Phrase


def phrases_of(names: Iterable[str], spelling: Spelling, *, parts: bool = False) -> list[Phrase]:
    """Return what is to be sought for some names; with `parts` also their longer words alone."""
    found: dict[tuple[str, ...], bool] = {}
    for name in names:
        words = tuple(_WORD.findall(fold_key(name))[:MAX_WORDS])
        if words:
            found[words] = False
        for word in words if parts and len(words) > 1 else ():
            if len(word) >= SHORTEST_PART:
                found.setdefault((word,), True)
    return [
        Phrase(tuple(_forms(word, spelling) for word in words), is_part) for words, is_part in found.items()
    ]


def _forms(word: str, spelling: Spelling) -> Mapping[str, float]:
    match spelling:
        case Spelling.SAME:
            return {word: 0.0}
        case Spelling.PREFIXES:
            return dict(stems.prefixed(word))
        case Spelling.ENDINGS:
            return dict(stems.forms(word))


class Finder:
    """Finds some phrases in one text after the other."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for form in phrase.words[0]:
                self._by_first.setdefault(form, []).append(phrase)

    def __call__(self, text: str) -> list[Occurrence]:
        """Return the occurrences in the order of the text; none overlaps another, the longer ones win."""
        folded = fold(text)
        tokens = list(_WORD.finditer(folded.text))
        words = [token[0] for token in tokens]
        found, at = [], 0
        while at < len(tokens):
            phrase, penalty = self._longest(words, at)
            if phrase is None:
                at += 1
                continue
            length = len(phrase.words)
            start, end = folded.span(tokens[at].start(), tokens[at + length - 1].end())
            found.append(Occurrence(start, end, penalty, phrase.is_part, phrase))
            at += length
        return found

    def _longest(self, words: Sequence[str], at: int) -> tuple[Phrase | None, float]:
        """Return the best phrase that begins here, with its penalty; None for none."""
        best: Phrase | None = None
        rank = (0, 0.0, False)
        for phrase in self._by_first.get(words[at], ()):
            here = words[at : at + len(phrase.words)]
            forms = list(zip(here, phrase.words, strict=False))
            if len(here) < len(phrase.words) or any(word not in known for word, known in forms):
                continue
            penalty = round(sum(known[word] for word, known in forms), 2)
            if best is None or (len(here), -penalty, not phrase.is_part) > rank:
                best, rank = phrase, (len(here), -penalty, not phrase.is_part)
        return best, -rank[1]
