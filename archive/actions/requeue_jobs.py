"""Start again what was given up."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from archive import queue
from archive.access import require_may
from archive.actions.record_event import record_event
from archive.enums import JobState
from archive.models import Job, User

#: Why work is given up that was promised; other codes of failed jobs are answers about what was sent in.
_LOST = ("job_broken", "job_unknown", "storage_full")


def given_up(kind: str = "") -> QuerySet[Job]:
    """Return the jobs whose work was promised and is not done, and which nobody tries any more."""
    rows = Job.objects.filter(state=JobState.FAILED, message__code__in=_LOST)
    return rows.filter(kind=kind) if kind else rows


def requeue_jobs(*, kind: str = "", by: User | None, check: bool = True) -> int:
    """Queue every job that was given up (of this kind) once more, from its first attempt; return how many.

    Work is written to be repeated without harm, also after later work of its kind. Each job is a transaction
    of its own. Raises NotAllowed.
    """
    if check:
        require_may(by, "requeue", Job)
    return sum(
        _requeue(job_id, by) for job_id in list(given_up(kind).order_by("pk").values_list("pk", flat=True))
    )


def _requeue(job_id: int, by: User | None) -> bool:
    with transaction.atomic():
        job = given_up().select_for_update(no_key=True).filter(pk=job_id).first()
        if job is None:
            return False
        _queue(job)
        record_event("job.requeued", target=job, by=by, kind=job.kind)
    queue.nudge(job_id)
    return True


def _queue(job: Job) -> None:
    """Queue it; when a twin waits under its key, that one keeps the promise."""
    row = Job.objects.filter(pk=job.pk)
    try:
        with transaction.atomic():
            row.update(
                state=JobState.QUEUED, attempts=0, progress=0, message={}, not_before=None, finished_at=None,
                heartbeat_at=None,
            )  # fmt: skip
    except IntegrityError:  # "job_queued_once".
        row.update(state=JobState.DONE, message={}, finished_at=Now())
