"""How the work in the background is: how much waits, for how long, and when the worker was last alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce

from archive.enums import JobState
from archive.models import Job, SealedMail, VitalSign

#: A worker tells that it is alive every fifteen seconds.
SILENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Work:
    """The queue, and who works it."""

    waiting: int
    #: Waits for its time to come, by plan or to be tried again.
    later: int
    running: int
    #: Since when the one waits that waits longest.
    oldest: datetime | None
    #: When the worker was last alive; None: never.
    beat: datetime | None
    is_silent: bool
    #: Mails that wait to be sent.
    mails: int
    #: Why the last mail was not sent; "" when it was.
    mail_trouble: str


def board(now: datetime) -> Work:
    """Count the queue."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    queued = Q(state=JobState.QUEUED)
    numbers = (
        Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
        .annotate(since=Coalesce(F("not_before"), F("created_at")))
        .aggregate(
            waiting=Count("pk", filter=queued & due), later=Count("pk", filter=queued & ~due),
            running=Count("pk", filter=Q(state=JobState.RUNNING)), oldest=Min("since", filter=queued & due),
        )
    )  # fmt: skip
    signs = {sign.name: sign for sign in VitalSign.objects.filter(name__in=["worker", "mail"])}
    beat = signs["worker"].at if "worker" in signs else None
    return Work(
        **numbers, beat=beat, is_silent=beat is None or now - beat > SILENT,
        mails=SealedMail.objects.exclude(sealed="").count(),
        mail_trouble=signs["mail"].code if "mail" in signs else "",
    )  # fmt: skip
