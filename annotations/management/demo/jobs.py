"""The worker's part, done at once: the site is complete before anybody looks."""

from __future__ import annotations

from archive.actions.run_job import run_job
from archive.enums import JobState
from archive.models import Job


def run_jobs() -> None:
    """Run every job that waits, and those that they make.

    Raises RuntimeError with the job's own words when one fails: a demonstration that is half there is none.
    """
    while job_ids := list(
        Job.objects.filter(state=JobState.QUEUED).order_by("pk").values_list("pk", flat=True)
    ):
        for job_id in job_ids:
            run_job(job_id)
    failed = Job.objects.filter(state=JobState.FAILED).first()
    if failed:
        raise RuntimeError(f"{failed.kind}: {failed.message}")
