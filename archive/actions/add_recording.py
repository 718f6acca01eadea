"""Take a recording of sound into the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.actions._own_media import add_own
from archive.enums import RECORDING
from archive.models import FileArrival, User, Video


@transaction.atomic
def add_recording(
    *, arrival: FileArrival, values: Mapping[str, Any] | None = None, key: str = "", by: User
) -> Video:
    """Insert a recording whose sound is what arrived, and promise the copy of it that readers are given.

    Raises Invalid("not_a_recording"), NotAllowed.
    """
    return add_own(RECORDING, arrival=arrival, values=values or {}, key=key, by=by)
