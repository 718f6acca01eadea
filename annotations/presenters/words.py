"""What is said in two languages, as one page says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from archive.presenters.languages import direction_of

LANGUAGES = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Said:
    """Words and the language that they are in, for `lang` and `dir`."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def direction(self) -> str:
        """The direction of the language; that of the words when nobody knows the language."""
        return direction_of(self.language) if self.language else "auto"

    @property
    def is_foreign(self) -> bool:
        """Whether the language differs from the page's, so that markup must tell."""
        return self.language != (get_language() or "ar").split("-")[0]


def said(words: Mapping[str, str], language: str = "") -> Said:
    """Return the words in `language` (the interface's by default), else in the other one, saying which."""
    wanted = language or (get_language() or "ar").split("-")[0]
    for code in (wanted, *LANGUAGES):
        if words.get(code):
            return Said(words[code], code)
    return Said("", wanted)


def said_of(row: object, field: str, language: str = "") -> Said:
    """Return what a translated field of a row says."""
    return said({code: getattr(row, f"{field}_{code}", "") or "" for code in LANGUAGES}, language)
