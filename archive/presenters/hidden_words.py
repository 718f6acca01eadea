"""What a work shows and the public may not see, as ticks of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.access.shown_with import Hidden, Reserve
from archive.models import Image

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


def _label(hidden: Hidden) -> str:
    words: Any = PICTURE if isinstance(hidden.item, Image) else FILM
    # Kept apart from the words around it: a title or an address may run the other way.
    label = str(words) % {"title": f"\u2068{hidden.item}\u2069"}
    return f"{label} ({RESERVES[hidden.reserve]})" if hidden.reserve else label
