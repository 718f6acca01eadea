"""When each file was last read again, what was found, and which are due: the schedule of the checks.

The hash taken on arrival counts as the first check. Every file is read again within `CYCLE`; checks begin
`SLACK` before that, so that a night without a worker breaks no promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from archive.enums import Fixity
from archive.models import FixityCheck, StoredFile

CYCLE = timedelta(days=30)
SLACK = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Board:
    """How the archive's bytes are, in numbers of files."""

    files: int
    #: Bytes of all files together.
    size: int
    intact: int
    damaged: int
    could_not_check: int
    #: Never read again since they arrived.
    unchecked: int
    #: Read within the cycle, or arrived within it.
    in_cycle: int
    #: The last check of all.
    last: datetime | None
    #: When the file that waits longest is due; None without files.
    next_due: datetime | None

    @property
    def overdue(self) -> int:
        """Files that were not read within the cycle."""
        return self.files - self.in_cycle

    @property
    def percent(self) -> int:
        """How much of the archive was read within the cycle; 100 only when all was."""
        return 100 if not self.files else self.in_cycle * 100 // self.files


def with_last_check(files: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """Add `last_outcome` (None before the first check), `last_at` and `seen_at` (arrival, or the last check)."""
    checks = FixityCheck.objects.filter(stored_file=OuterRef("pk")).order_by("-pk")
    return files.annotate(
        last_outcome=Subquery(checks.values("outcome")[:1]),
        last_at=Subquery(checks.values("checked_at")[:1]),
    ).annotate(seen_at=Coalesce(F("last_at"), F("received_at")))


def due(now: datetime) -> QuerySet[StoredFile]:
    """Return the files to be read again now, those longest unread first; what was not intact comes daily."""
    bad = Q(last_at__lt=now - timedelta(days=1)) & Q(last_outcome__in=[Fixity.DAMAGED, Fixity.UNREADABLE])
    rows = with_last_check(StoredFile.objects.all())
    return rows.filter(Q(seen_at__lt=now - (CYCLE - SLACK)) | bad).order_by("seen_at", "pk")


def overdue(now: datetime) -> QuerySet[StoredFile]:
    """Return the files that were not read within the cycle."""
    return with_last_check(StoredFile.objects.all()).filter(seen_at__lt=now - CYCLE)


def not_intact() -> QuerySet[StoredFile]:
    """Return the files whose last check did not find them intact."""
    return with_last_check(StoredFile.objects.all()).filter(
        last_outcome__in=[Fixity.DAMAGED, Fixity.UNREADABLE]
    )


def verified_on(stored_file: StoredFile) -> datetime | None:
    """Return when the bytes were last found to be those that were received; None while they are damaged or gone.

    The hash taken on arrival counts as the first check.
    """
    checks = FixityCheck.objects.filter(stored_file=stored_file).order_by("-pk")
    last = checks.first()
    if last is None or last.outcome == Fixity.INTACT:
        return last.checked_at if last else stored_file.received_at
    if last.outcome == Fixity.DAMAGED:
        return None
    intact = checks.filter(outcome=Fixity.INTACT).first()
    return intact.checked_at if intact else stored_file.received_at


def board(now: datetime) -> Board:
    """Count the archive's files by what their last check said."""
    numbers = with_last_check(StoredFile.objects.all()).aggregate(
        files=Count("pk"), size=Sum("size"), oldest=Min("seen_at"), last=Max("last_at"),
        intact=Count("pk", filter=Q(last_outcome=Fixity.INTACT)),
        damaged=Count("pk", filter=Q(last_outcome=Fixity.DAMAGED)),
        could_not_check=Count("pk", filter=Q(last_outcome=Fixity.UNREADABLE)),
        unchecked=Count("pk", filter=Q(last_outcome=None)),
        in_cycle=Count("pk", filter=Q(seen_at__gte=now - CYCLE)),
    )  # fmt: skip
    oldest = numbers.pop("oldest")
    numbers["size"] = numbers["size"] or 0
    return Board(**numbers, next_due=oldest + (CYCLE - SLACK) if oldest else None)
