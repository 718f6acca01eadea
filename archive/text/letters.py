"""Small questions about letters that the finders ask."""

from __future__ import annotations

import unicodedata


def is_mark(letter: str) -> bool:
    """Whether this is a mark that stands on another letter (harakat, niqqud, accents)."""
    return bool(letter) and unicodedata.category(letter) in {"Mn", "Me"}


def is_visible(words: str) -> bool:
    """Whether anything of the words can be seen: not only spaces, signs of direction and others that have no form."""
    return any(unicodedata.category(letter) not in _FORMLESS for letter in words)


#: Controls, signs without a form (UAX 44: Cf), spaces and separators.
_FORMLESS = {"Cc", "Cf", "Zl", "Zp", "Zs"}
