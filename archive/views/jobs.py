"""How far background work is, for the scripts of the pages that wait for it."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from archive.access.told_jobs import told_jobs
from archive.enums import JobState
from archive.models import Job
from archive.presenters import desk_words, import_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, found


@require_GET
def job(request: DeskRequest, public_id: str) -> JsonResponse:
    """State, percent and sentence of one job that the viewer may see, and its result when it is done.

    Sentence and result are for those who may still see what the job is about.
    """
    row = found(Job, request, public_id)
    told = row.pk in told_jobs(request.viewer, [row])
    return JsonResponse(
        {
            "id": row.public_id, "state": row.state, "progress": row.progress, "message": job_words(row) if told else "",
            "done": row.state in (JobState.DONE, JobState.FAILED),
            "result": row.result if told and row.state == JobState.DONE else {},
        }
    )  # fmt: skip


def job_words(row: Job) -> str:
    """Return what a job is doing, or why it failed, in a sentence."""
    code, params = row.message.get("code", ""), row.message.get("params")
    if row.state == JobState.QUEUED:
        return str(import_words.RUN_STATES["queued"])
    if code in desk_words.JOB_STEPS:
        words = str(desk_words.JOB_STEPS[code])
        return words % params if params else words
    return sentence(code, params) if code else ""
