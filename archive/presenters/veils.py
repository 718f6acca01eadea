"""What covers a picture of which readers are warned: said first, shown when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.presenters.desk_words import WARNINGS
from archive.presenters.listing import listed


def warned_of(*kinds: Iterable[str]) -> str:
    """Return the words for these kinds of warnings, each once and in their order; empty without any."""
    chosen = {kind for some in kinds for kind in some}
    return listed(words for kind, words in WARNINGS.items() if kind in chosen)


def warned_in_each_language(item: Any, around: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return what readers are warned of at an item as a language map: its kinds and those `around`, and its own words."""
    found = {}
    for code in ("ar", "en"):
        with override(code):
            kinds = warned_of(around, getattr(item, "warnings", ()))
            said = [_("Warning: %(kinds)s.") % {"kinds": kinds}] if kinds else []
        own = getattr(item, f"content_warning_{code}", "") or ""
        if said or own:
            found[code] = [*said, *([own] if own else [])]
    return found


def with_warning(warning: str, label: str) -> str:
    """Return what a film's button says, its warning first."""
    return _("Warning: %(kinds)s.") % {"kinds": warning} + f" {label}".rstrip() if warning else label


def veil(warning: str, key: str) -> SafeString:
    """Return the cover of one picture, a named box to tick; its words are attributes, which the style shows.

    It works without script and holds no text, so it may stand inside an article. `key` is what a script remembers
    for the session.
    """
    if not warning:
        return SafeString("")
    name = _("Warning: %(kinds)s. Show the picture") % {"kinds": warning}
    return format_html(
        '<label class="veil" data-warning="{}" data-show="{}" data-cover="{}"><input class="veil__ask" type="checkbox" '
        'autocomplete="off" data-veil="{}" aria-label="{}"></label>',
        warning, _("Show"), _("Cover it"), key, name,
    )  # fmt: skip
