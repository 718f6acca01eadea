"""What the desk calls an item: staff also know the name of the file that it came in as."""

from __future__ import annotations

from archive.media.films import with_file_name
from archive.models import Video
from archive.models.described import DescribedModel
from archive.models.names import name_of


def desk_name(item: DescribedModel) -> str:
    """Return the title of an item, else the name of the file that it came in as, else what readers call it.

    Readers are never told the name of a file. A list that may hold untitled images selects `arrival` with its rows, one
    that may hold untitled recordings or films is `archive.media.films.with_file_name`.
    """
    return (_file_name(item) if not item.title else "") or name_of(item)


def _file_name(item: DescribedModel) -> str:
    if isinstance(item, Video) and item.is_kept_here:
        row = item if hasattr(item, "file_name") else with_file_name(Video.objects.filter(pk=item.pk)).first()
        return getattr(row, "file_name", "") or ""
    arrival = getattr(item, "arrival", None)
    return str(arrival.filename) if arrival else ""
