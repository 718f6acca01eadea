"""Send again what was promised and not done."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from archive import queue
from archive.actions.retries import pause_after
from archive.actions.run_job import SILENCE, give_back, give_up
from archive.enums import JobState
from archive.models import Job


def sweep_jobs(*, limit: int = 200) -> int:
    """Requeue jobs whose worker died, then nudge a worker for what is due; return how many were nudged."""
    silent = Job.objects.filter(
        state=JobState.RUNNING, heartbeat_at__lt=timezone.now() - timedelta(seconds=SILENCE)
    )
    for job in list(silent[:limit]):
        _take_back(job)
    due = Job.objects.filter(
        Q(not_before__isnull=True) | Q(not_before__lte=Now()),
        state=JobState.QUEUED, created_at__lt=timezone.now() - timedelta(seconds=2),
    )  # fmt: skip
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    for job_id in ids:
        queue.nudge(job_id)
    return len(ids)


def _take_back(job: Job) -> None:
    """Queue a silent worker's job, the later the more often it happened; at last give it up."""
    pause = pause_after(job.attempts, None)
    if pause is None or job.heartbeat_at is None:
        give_up(job)
    else:
        give_back(job, not_before=job.heartbeat_at + pause)
