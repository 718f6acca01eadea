"""Take a film that the archive itself keeps into the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.actions._own_media import add_own
from archive.enums import FILM
from archive.models import FileArrival, User, Video


@transaction.atomic
def add_film(
    *, arrival: FileArrival, values: Mapping[str, Any] | None = None, key: str = "", by: User
) -> Video:
    """Insert a film whose bytes are what arrived, and promise the copy of it that readers are given.

    Raises Invalid("not_a_film"), NotAllowed.
    """
    return add_own(FILM, arrival=arrival, values=values or {}, key=key, by=by)
