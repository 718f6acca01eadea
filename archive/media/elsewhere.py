"""The storage elsewhere that holds a copy of every file, if the site has one; and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from archive.enums import ElsewhereState
from archive.models import ElsewhereCopy, StoredFile, VitalSign
from archive.outside.store import Store
from archive.outside.store import configured as place

#: The name of its sign of life.
SIGN = "elsewhere"
__all__ = ["SIGN", "ElsewhereBoard", "board", "kept", "missing", "name_of", "place", "store"]


@dataclass(frozen=True, slots=True)
class ElsewhereBoard:
    """How many files are kept elsewhere, and when that was last seen."""

    place: str
    files: int
    kept: int
    wrong: int
    last: datetime | None
    #: Why the last attempt failed; "" when it did not.
    trouble: str
    since: datetime | None

    @property
    def percent(self) -> int:
        """How much of the archive is kept there; 100 only when all is."""
        return 100 if not self.files else self.kept * 100 // self.files


def store() -> Store | None:
    """Return the storage, for background work alone."""
    where = place()
    return Store(where) if where else None


def name_of(sha256: str) -> str:
    """Return the name of a file's copy there: the same as in every other place."""
    return f"originals/{sha256[:2]}/{sha256}"


def kept() -> QuerySet[ElsewhereCopy]:
    """Return what the storage was last seen to hold; none without one."""
    where = place()
    rows = ElsewhereCopy.objects.filter(state=ElsewhereState.KEPT)
    return rows.filter(place=where.name) if where else rows.none()


def missing() -> QuerySet[StoredFile]:
    """Return the files that it does not hold, oldest first; none without a storage.

    Of those whose own bytes were not whole, none: they are looked at again once they were mended.
    """
    where = place()
    if where is None:
        return StoredFile.objects.none()
    there = ElsewhereCopy.objects.filter(
        place=where.name, state__in=[ElsewhereState.KEPT, ElsewhereState.HELD_BACK]
    )
    return StoredFile.objects.exclude(pk__in=there.values("stored_file")).order_by("pk")


def board() -> ElsewhereBoard | None:
    """Count, for the desk; None without a storage."""
    where = place()
    if where is None:
        return None
    numbers = ElsewhereCopy.objects.filter(place=where.name).aggregate(
        kept=Count("pk", filter=Q(state=ElsewhereState.KEPT)),
        wrong=Count("pk", filter=Q(state=ElsewhereState.WRONG)), last=Max("verified_at"),
    )  # fmt: skip
    sign = VitalSign.objects.filter(name=SIGN).first()
    return ElsewhereBoard(
        where.name, StoredFile.objects.count(), **numbers, trouble=sign.code if sign else "",
        since=sign.at if sign else None,
    )  # fmt: skip
