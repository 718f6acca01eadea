"""How much room is left for files, and how long it lasts when they go on coming as they came."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Min, Sum

from archive.models import StoredFile

#: The growth of so many days says how the next ones will be.
LOOKED_AT = timedelta(days=30)
#: Longer than this nobody can say.
FAR = timedelta(days=365 * 5)
#: With less free than this part of the disk, or full within so many days, somebody should make room.
TIGHT, SOON = 0.1, timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Space:
    """The disk of the files."""

    free: int
    total: int
    #: Bytes that came in the last days.
    grown: int
    #: Whole days until it is full; None when it does not grow, is too young, or lasts for years.
    days_left: int | None

    @property
    def is_tight(self) -> bool:
        """Whether somebody should make room."""
        return self.free < self.total * TIGHT or (self.days_left is not None and self.days_left <= SOON.days)

    @property
    def percent_used(self) -> int:
        """How full the disk is."""
        return 100 - (self.free * 100 // self.total if self.total else 0)


def board(now: datetime) -> Space | None:
    """Measure the disk; None when it cannot be asked."""
    folder = Path(settings.MEDIA_ROOT)
    nearest = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    try:
        usage = shutil.disk_usage(nearest)
    except OSError:
        return None
    recent = StoredFile.objects.filter(received_at__gte=now - LOOKED_AT).aggregate(
        size=Sum("size"), first=Min("received_at")
    )
    return Space(
        usage.free,
        usage.total,
        recent["size"] or 0,
        days_left(usage.free, recent["size"] or 0, recent["first"], now),
    )


def days_left(free: int, grown: int, first: datetime | None, now: datetime) -> int | None:
    """Return for how many whole days `free` lasts when `grown` bytes came since `first`."""
    if not grown or first is None or now - first < timedelta(days=1):
        return None
    days = free / (grown / ((now - first) / timedelta(days=1)))
    return None if days >= FAR.days else int(days)
