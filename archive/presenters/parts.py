"""What the texts of a work are called, and which of them follow each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from archive.models import Text
from archive.presenters.desk_words import TEXT_ROLES, Words
from archive.presenters.languages import language_label
from archive.text.part import PART_ROLES

NUMBERED: Words = {"volume": _("Volume %(number)s"), "chapter": _("Chapter %(number)s")}


def series(texts: Sequence[Text]) -> list[list[Text]]:
    """Return the texts, each among those that it is read with: parts of one kind, language and standing."""
    found: dict[tuple[str, str, bool], list[Text]] = {}
    for text in texts:
        kind = text.role if text.role in PART_ROLES else f"{text.role} {text.pk}"
        found.setdefault((kind, text.language, text.translation_of_id is not None), []).append(text)
    return list(found.values())


def numbers(texts: Sequence[Text]) -> dict[int, int]:
    """Return the number of each part among its like, by its key; what is no part has none."""
    return {
        text.pk: number
        for parts in series(texts)
        for number, text in enumerate(parts, start=1)
        if text.role in PART_ROLES
    }


def part_label(text: Text, number: int | None = None) -> str:
    """Return what a text is called among those of its work: "Volume 2: The Citadel", "Translation"."""
    role = str(TEXT_ROLES[text.role])
    if number is not None and text.role in NUMBERED:
        role = str(NUMBERED[text.role]) % {"number": number}
    return f"{role}: {text.title}" if text.title else role


def choice_label(text: Text, number: int | None = None) -> str:
    """Return the same with its language, for a list of the texts of a work."""
    return f"{part_label(text, number)} · {language_label(text.language)}"


def neighbors(texts: Sequence[Text], text: Text) -> tuple[Text | None, Text | None]:
    """Return the parts before and after one, None at the ends."""
    parts = next((parts for parts in series(texts) if text in parts), [text])
    at = parts.index(text)
    return (parts[at - 1] if at else None), (parts[at + 1] if at + 1 < len(parts) else None)
