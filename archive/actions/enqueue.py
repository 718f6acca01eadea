"""Promise background work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from archive import queue
from archive.enums import JobState
from archive.models import Job, User
from archive.models.inserting import insert, number


@transaction.atomic(savepoint=False)
def enqueue(
    kind: str,
    /,
    *,
    dedupe_key: str = "",
    not_before: datetime | None = None,
    by: User | None = None,
    **payload: Any,
) -> Job:
    """Write the promise in the caller's transaction and nudge a worker once it is committed.

    With a `dedupe_key`, a promise that still waits under the same key is returned instead; it is locked, so
    that no worker begins it before the caller's change can be seen.
    """
    if dedupe_key:
        same = Job.objects.select_for_update(no_key=True).filter(kind=kind, dedupe_key=dedupe_key)
        waiting = same.filter(state=JobState.QUEUED).first()
        if waiting:
            return waiting
    job = Job(kind=kind, payload=payload, dedupe_key=dedupe_key, not_before=not_before, created_by=by)
    number([job])
    insert([job])
    transaction.on_commit(lambda: queue.nudge(job.pk))  # noqa: TID251 - this is the one place.
    return job


@transaction.atomic(savepoint=False)
def enqueue_all(kind: str, /, wanted: Mapping[str, dict[str, Any]]) -> list[Job]:
    """Write many promises of a kind at once: payloads by their dedupe keys.

    Assumes that none of these keys waits already; who promises them all is one at a time.
    """
    jobs = [Job(kind=kind, payload=payload, dedupe_key=key) for key, payload in wanted.items()]
    if not jobs:
        return []
    number(jobs)
    insert(jobs)
    for job in jobs:
        transaction.on_commit(partial(queue.nudge, job.pk))  # noqa: TID251 - as above.
    return jobs


def hurry(job: Job) -> None:
    """Let a job that waits for its hour begin as soon as a worker is free: somebody asks for it now.

    One that failed and is tried again later keeps its pause.
    """
    early = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, not_before__isnull=False, attempts=0)
    if early.update(not_before=None):
        transaction.on_commit(lambda: queue.nudge(job.pk))  # noqa: TID251 - as above.
