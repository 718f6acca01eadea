"""Small questions about letters that the finders ask."""

from __future__ import annotations

import unicodedata


def is_mark(letter: str) -> bool:
    """Whether this is a mark that stands on another letter (harakat, niqqud, accents)."""
    return bool(letter) and unicodedata.category(letter) in {"Mn", "Me"}
