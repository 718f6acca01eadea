"""Lists of names inside a sentence, separated as the page's language does."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def comma() -> str:
    """Return what stands between the members of a list."""
    return _(", ")


def listed(members: Iterable[object]) -> str:
    """Return the members as one list; the page's language sets the commas, whatever language the members are in."""
    return comma().join(str(member) for member in members)


def in_quotes(words: str) -> str:
    """Return words in the quotation marks of the page's language."""
    return pgettext("quotation marks", "“%(words)s”") % {"words": words}
