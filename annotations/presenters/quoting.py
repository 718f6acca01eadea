"""The marks around quoted words: those of the page's language, as far as they suit the script of the words."""

from __future__ import annotations

from unicodedata import bidirectional

from django.utils.translation import get_language_bidi


def in_quotes(words: str) -> str:
    """Return “words” for words from left to right on a page from left to right, else «words», which suit any script."""
    first = next((way for way in map(bidirectional, words) if way in ("L", "R", "AL")), "L")
    return f"“{words}”" if first == "L" and not get_language_bidi() else f"«{words}»"
