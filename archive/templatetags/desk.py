"""What the desk's templates ask for: words for codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.enums import FILM, RECORDING
from archive.presenters import import_words
from archive.presenters.addresses import in_language
from archive.presenters.desk_names import desk_name
from archive.presenters.films import provider_name
from archive.presenters.messages import sentence
from archive.presenters.moments import size_words

register = template.Library()
register.filter("size", size_words)
register.filter("desk_name", desk_name)

CARRIED: dict[str, str | Promise] = {
    "kept": pgettext_lazy("carried", "Kept"),
    "exact": pgettext_lazy("carried", "Kept"),
    "moved": _("Moved"),
    "uncertain": _("Uncertain"),
    "lost": _("Lost"),
}


@register.filter
def at(words: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping has under a key, else the key itself."""
    return words.get(key, "" if key is None else key)


@register.filter
def film_provider(code: str) -> str | Promise:
    """Return what a video's provider calls itself; films without one are files, and recordings are kept here."""
    if code == RECORDING:
        return _("A recording, kept here")
    if code == FILM:
        return _("A film, kept here")
    return provider_name(code) or _("A film file")


@register.filter
def block_words(kind: str) -> str:
    """Return the word for a block's kind, "heading 2" with its level."""
    name, _space, level = kind.partition(" ")
    return f"{import_words.BLOCK_KINDS.get(name, name)} {level}".strip()


@register.filter
def carry_words(status: str) -> str:
    """Return the word for what becomes of a note."""
    return str(CARRIED.get(status, status))


@register.filter
def local_address(url: str) -> str:
    """Return the address of a page of this site in the interface's language, whichever it was written down in."""
    return in_language(url, get_language() or settings.LANGUAGE_CODE)


@register.filter
def notice_words(code: str, params: Mapping[str, Any]) -> str:
    """Return the sentence of a notice."""
    return sentence(code, params)
