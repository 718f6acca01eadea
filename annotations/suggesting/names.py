"""Known names in a text: by every variant, with what Arabic writes before a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.text.folding import fold_key
from archive.text.phrases import MAX_WORDS, Finder, Phrase

_WORD = re.compile(r"[^\W\d_]+|\d+")
#: Letters of the longest word of a name; of shorter ones nothing is suggested.
SHORTEST = 3
_BEFORE = tuple(first + second for first in ("", "و", "ف") for second in ("", "ب", "ل", "ك"))
#: Words of every sentence that some name is spelled like once hamzas and dots are folded: «علي» is «على» too.
_COMMON = frozenset(
    {
        "علي", "الي", "حتي", "متي", "كان", "كانت", "كل", "بعد", "قبل", "عند", "بين", "منذ", "حين", "غير", "ثم", "هذا", "هذه",
        "ذلك", "تلك", "التي", "الذي", "الذين", "كما", "لقد", "ليس", "مثل", "دون", "ضد", "نحو", "the", "and", "for", "was", "with",
        "that", "from", "his", "her", "they", "not", "but", "all", "who", "may", "will",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundName:
    """A known name in a text: `[start, end)` in code points, of one term or of several."""

    start: int
    end: int
    #: The name as the vocabulary has it, folded: «بحلب» is the name «حلب».
    name: str
    terms: tuple[int, ...]


class NameFinder:
    """Finds the names of some terms in one text after the other."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take (name, key of its term); names may repeat."""
        terms: dict[tuple[str, ...], dict[int, None]] = {}
        for name, term in names:
            words = tuple(_WORD.findall(fold_key(name))[:MAX_WORDS])
            if _is_telling(words):
                terms.setdefault(words, {})[term] = None
        self._terms = {words: tuple(keys) for words, keys in terms.items()}
        phrases = {id(phrase): (phrase, words) for words in self._terms for phrase in [_phrase(words)]}
        self._words: Mapping[int, tuple[Phrase, tuple[str, ...]]] = phrases
        self._find = Finder([phrase for phrase, _words in phrases.values()])

    def __call__(self, text: str) -> list[FoundName]:
        """Return the names in the order of the text; none overlaps another, the longer ones win."""
        found = []
        for one in self._find(text):
            words = self._words[id(one.phrase)][1]
            found.append(FoundName(one.start, one.end, " ".join(words), self._terms[words]))
        return found


def _is_telling(words: tuple[str, ...]) -> bool:
    letters = [word for word in words if not word.isdigit()]
    if not letters or max(map(len, letters)) < SHORTEST:
        return False
    return len(words) > 1 or words[0] not in _COMMON


def _phrase(words: tuple[str, ...]) -> Phrase:
    return Phrase((_forms(words[0]), *({word: 0.0} for word in words[1:])))


def _forms(word: str) -> dict[str, float]:
    """Return a name's first word with what is written before it; its own article stays, none is added."""
    if not "\u0620" <= word[0] <= "\u06d3":
        return {word: 0.0}
    forms = {before + word: 0.1 * len(before) for before in _BEFORE}
    if word.startswith("ال"):
        bare = word[2:] if word.startswith("الل") else word[1:]
        forms = {form: penalty for form, penalty in forms.items() if not form.endswith("ل" + word)}
        forms |= {first + "ل" + bare: 0.1 + 0.1 * len(first) for first in ("", "و", "ف")}
    return forms
