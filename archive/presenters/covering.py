"""What is said of an image of which parts are covered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

LANGUAGES = ("ar", "en")


def statement() -> str:
    """Return the sentence that stands with every copy."""
    return _("Parts of this picture are covered.")


def label_of(image: Any) -> str:
    """Return what is said of an image in the language of the page; empty when nothing is covered."""
    return " ".join([statement(), image.covered_because or ""]).strip() if image.covered else ""


def in_both_languages(image: Any) -> dict[str, list[str]]:
    """Return the statement and the public reason as a language map."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            because = getattr(image, f"covered_because_{language}") or ""
            said[language] = [" ".join([statement(), because]).strip()]
    return said
