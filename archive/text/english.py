"""Light English stemming: plurals and simple endings, so that «maps» finds «map».

The Snowball stemmer says whether two words are one; what is tried are a few endings only, since a whole stemmer takes
more together than readers do. Words are folded (`archive.text.folding`).
"""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

#: How far a word with another ending is from the word asked for.
PENALTY = 0.2
#: Shorter words have no endings worth a guess.
SHORTEST = 3
_WORD = re.compile(rf"[a-z]{{{SHORTEST},40}}", re.ASCII)
#: What no word is: «was» and «has» have no plural.
_NO_PLURALS = frozenset({"wases", "hases"})
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ings")


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[tuple[str, float], ...]:
    """Return the words in which `word` may be met as (form, penalty), itself first; only itself for no English word."""
    if not _WORD.fullmatch(word):
        return ((word, 0.0),)
    stem = _stem(word)
    tried = {
        base + ending for base in _bases(stem) for ending in _ENDINGS if len(base) + len(ending) >= SHORTEST
    }
    same = {form for form in tried if _stem(form) == stem} | _hissing(word)
    return ((word, 0.0), *((form, PENALTY) for form in sorted(same - {word})))


def _hissing(word: str) -> set[str]:
    """Return the other number of «bus» and «buses», which the stemmer takes for two words."""
    if word.endswith(("us", "as")) and len(word) == SHORTEST:
        return {f"{word}es"} - _NO_PLURALS
    if word.endswith(("uses", "ases")) and len(word) == SHORTEST + 2:
        return {word[:-2]}
    return set()


def _bases(stem: str) -> set[str]:
    """Return what may stand before an ending: «citi» is written «city», «map» doubles in «mapping»."""
    found = {stem, f"{stem}e", stem + stem[-1]}
    if stem.endswith("i"):
        found |= {f"{stem[:-1]}y", f"{stem[:-1]}ie"}
    return found


def _stem(word: str) -> str:
    return str(_snowball().stemWord(word))


def _snowball() -> snowballstemmer.stemmer:
    # Not kept: a stemmer holds the word that it works on, and threads ask at once.
    return snowballstemmer.stemmer("english")
