"""Do what a job promises."""

from __future__ import annotations

import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from archive import kinds
from archive.actions.heartbeat import heartbeat
from archive.actions.retries import passes, pause_after
from archive.enums import JobState
from archive.errors import HashiyaError
from archive.models import Job

log = logging.getLogger(__name__)

#: A running job whose worker has been silent for so many seconds is taken from it.
SILENCE = 120
#: States in which a job may still be ended by the attempt that began it.
UNFINISHED = (JobState.RUNNING, JobState.QUEUED)


def run_job(job_id: int) -> str:
    """Claim the job and run its handler; return the state it ends in ("" when it was not ours to run or to end).

    A refusal (HashiyaError) fails it at once with its code; anything unforeseen is tried again after a while, and
    for days if it may pass. A worker from which the job was taken meanwhile changes nothing any more.
    """
    if not _claim(job_id):
        return ""
    job = Job.objects.get(pk=job_id)
    handler = kinds.job_handlers.get(job.kind)
    try:
        if handler is None:
            raise HashiyaError("job_unknown", kind=job.kind)
        with heartbeat(lambda: _beat(job)):
            result = handler(job, _progress_of(job))
    except Exception as error:
        if isinstance(error, HashiyaError) and not passes(error):
            return _end(job, JobState.FAILED, message=error.as_json())
        log.exception("Job %s (%s) failed on attempt %s.", job.pk, job.kind, job.attempts)
        return _retry_or_fail(job, error)
    return _end(job, JobState.DONE, result=result or {}, progress=100)


def _claim(job_id: int) -> bool:
    due = Q(not_before__isnull=True) | Q(not_before__lte=Now())
    return bool(
        Job.objects.filter(due, pk=job_id, state=JobState.QUEUED).update(
            state=JobState.RUNNING, attempts=F("attempts") + 1, heartbeat_at=Now()
        )
    )


def _beat(job: Job) -> None:
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(heartbeat_at=Now())


def _progress_of(job: Job) -> Any:
    def progress(percent: int, **message: Any) -> None:
        """Tell the page how far it is; also a sign of life."""
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts).update(
            progress=max(0, min(99, percent)), message=message, heartbeat_at=Now()
        )

    return progress


def _end(job: Job, state: JobState, **fields: Any) -> str:
    """End this attempt of the job, unless another has begun since; return the state, "" then."""
    mine = Job.objects.filter(pk=job.pk, state__in=UNFINISHED, attempts=job.attempts)
    return state if mine.update(state=state, finished_at=Now(), **fields) else ""


def _retry_or_fail(job: Job, error: Exception) -> str:
    pause = pause_after(job.attempts, error)
    if pause is None:
        return give_up(job)
    return give_back(job, not_before=timezone.now() + pause)


def give_up(job: Job) -> str:
    """Fail this attempt of a job for good; only a person starts it again (`requeue_jobs`)."""
    return _end(job, JobState.FAILED, message={"code": "job_broken", "params": {}})


def give_back(job: Job, **fields: Any) -> str:
    """Queue a running attempt of a job again; when a twin waits under its key, that one keeps the promise.

    Return the state in which it is then, "" when it was ended or taken meanwhile.
    """
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    try:
        with transaction.atomic():
            return JobState.QUEUED if mine.update(state=JobState.QUEUED, **fields) else ""
    except IntegrityError:  # "job_queued_once".
        return JobState.DONE if mine.update(state=JobState.DONE, finished_at=Now()) else ""
