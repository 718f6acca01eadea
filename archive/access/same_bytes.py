"""Images that were made of the same bytes: told to those who see them, and to nobody else.

Who may not see what is held is answered as if it were new: an upload is no way to ask what the archive has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from archive.access.registry import visible_to
from archive.models import FileArrival, Image


def images_of_same_bytes(who: Any, arrival: FileArrival) -> QuerySet[Image]:
    """Return the images that `who` sees and whose original has the bytes that arrived, the oldest first."""
    return (
        visible_to(Image.objects.select_related("arrival"), who)
        .filter(arrival__stored_file=arrival.stored_file_id)
        .order_by("pk")
    )


def first_of_same_bytes(who: Any, arrivals: Iterable[FileArrival]) -> dict[int, Image]:
    """Return, by arrival, the oldest such image: one query for all of them."""
    files = {arrival.pk: arrival.stored_file_id for arrival in arrivals}
    rows = visible_to(Image.objects.select_related("arrival"), who).filter(
        arrival__stored_file__in=set(files.values())
    )
    first: dict[int, Image] = {}
    for image in rows.order_by("pk"):
        first.setdefault(image.arrival.stored_file_id, image)
    return {pk: first[file] for pk, file in files.items() if file in first}
