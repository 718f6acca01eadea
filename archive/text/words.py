"""Words of a text, in any script, by code points.

A word is a run of letters, digits, marks and joiners; hyphens and apostrophes part words, tatweel and vowel
marks do not. Ideographs are written without spaces, so each is a word by itself.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

import regex

_IDEOGRAPH = r"\p{Ideographic}"
#: Direction marks inside a word belong to it; at its edge they do not.
_CONTROL = "\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
_LETTER = rf"[\w\p{{M}}--{_IDEOGRAPH}]"
_WORD = regex.compile(rf"({_IDEOGRAPH}\p{{M}}*|{_LETTER}+(?:[{_CONTROL}]+{_LETTER}+)*)", regex.V1)


class Words(NamedTuple):
    """The words of a text in order: `content[starts[i]:ends[i]] == texts[i]`."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


def split(content: str) -> Words:
    """Return the words of a text with their places."""
    parts = _WORD.split(content)
    edges = list(accumulate(map(len, parts)))
    return Words(parts[1::2], edges[0:-1:2], edges[1::2])


def snap(content: str, start: int, end: int) -> tuple[int, int]:
    """Return the span grown to whole words and freed of space at its edges; a blank span stays as it is."""
    kept = content[start:end]
    if not kept.strip():
        return start, end
    start += len(kept) - len(kept.lstrip())
    end -= len(kept) - len(kept.rstrip())
    return word_around(content, start)[0], word_around(content, end - 1)[1]


def word_around(content: str, place: int) -> tuple[int, int]:
    """Return the word that holds the code point at `place`, or that code point alone if none does."""
    low = _after_space(content, place)
    for match in _WORD.finditer(content, low):
        if match.start() > place:
            break
        if match.end() > place:
            span: tuple[int, int] = match.span()
            return span
    return place, place + 1


def _after_space(content: str, place: int) -> int:
    """Return where the run without spaces that holds `place` begins."""
    while place > 0 and not content[place - 1].isspace():
        place -= 1
    return place


def shortened(words: str, letters: int) -> str:
    """Return the words on one line, cut after at most so many code points with a sign that they go on.

    They are cut between two words, since half a word may be another one, but for one that is longer than half of the room.
    """
    words = " ".join(words.split())
    if len(words) <= letters:
        return words
    whole = words[:letters].rpartition(" ")[0]
    return f"{whole if 2 * len(whole) >= letters else words[: letters - 1].rstrip()}…"
