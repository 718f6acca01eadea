"""What a work shows and the public may not see, as ticks of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.access.shown_with import Hidden, Reserve
from archive.models import Image
from archive.presenters.desk_names import desk_name

RESERVES: dict[str, str | Promise] = {
    Reserve.MEMBERS: _("for members"),
    Reserve.RESTRICTED: _("restricted to some"),
    Reserve.EMBARGOED: _("under an embargo of its own"),
    Reserve.WARNED: _("with a warning"),
    Reserve.KEPT_SECTION: _("in a section that is kept from readers"),
}
PICTURE, FILM = _("Picture: %(title)s"), _("Film: %(title)s")


def ticks(hidden: Iterable[Hidden]) -> list[tuple[str, str]]:
    """Return the choices: what it is, and why it stays as it is unless somebody ticks it."""
    return [(each.name, _label(each)) for each in hidden]


def opened_words(opened: int) -> str:
    """Return how many became public with a work."""
    words = ngettext(
        "%(n)s picture or film became public with it.", "%(n)s pictures and films became public with it.", opened,
    )  # fmt: skip
    return words % {"n": opened}


def _label(hidden: Hidden) -> str:
    words: Any = PICTURE if isinstance(hidden.item, Image) else FILM
    # Kept apart from the words around it: a title or an address may run the other way.
    label = str(words) % {"title": f"\u2068{desk_name(hidden.item)}\u2069"}
    return f"{label} ({RESERVES[hidden.reserve]})" if hidden.reserve else label
