"""The worker's part, done at once: the site is complete before anybody looks."""

from __future__ import annotations

from annotations.actions.ask_release_export import BUILD_RELEASE_EXPORT
from archive.actions.run_job import run_job
from archive.enums import JobState
from archive.models import Job

#: What nobody waits for: the worker makes it once the site is served, and the page of a download says so meanwhile.
_LATER = (BUILD_RELEASE_EXPORT,)


def run_jobs() -> None:
    """Run every job that waits, and those that they make, but for what can be made while the site is looked at.

    Raises RuntimeError with the job's own words when one fails: a demonstration that is half there is none.
    """
    while job_ids := list(
        Job.objects.filter(state=JobState.QUEUED)
        .exclude(kind__in=_LATER)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        for job_id in job_ids:
            run_job(job_id)
    failed = Job.objects.filter(state=JobState.FAILED).first()
    if failed:
        raise RuntimeError(f"{failed.kind}: {failed.message}")
