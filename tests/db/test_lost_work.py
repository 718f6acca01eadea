"""Work that was promised is done in the end: what may pass is tried for days, what was given up is told and begun again."""

from __future__ import annotations

import io
import subprocess
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from annotations.models import Anchor
from archive import kinds
from archive.actions.accept_draft import accept_draft
from archive.actions.edit_draft import edit_draft
from archive.actions.enqueue import enqueue
from archive.actions.requeue_jobs import requeue_jobs
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.actions.sweep_jobs import sweep_jobs
from archive.enums import JobState
from archive.errors import HashiyaError, NotAllowed, StorageFull
from archive.models import AuditEvent, Job
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db


def failing(monkeypatch, error, kind="count"):
    """Let work of this kind fail with the error."""

    def fail(job, progress):
        raise error

    monkeypatch.setitem(kinds.job_handlers, kind, fail)


def attempts(job):
    """Run the job again and again until it ends; return the pause after each attempt, in seconds."""
    pauses = []
    while run_job(job.pk) == JobState.QUEUED:
        job.refresh_from_db()
        pauses.append(round((job.not_before - timezone.now()).total_seconds()))
        Job.objects.filter(pk=job.pk).update(not_before=None)
    job.refresh_from_db()
    return pauses


def correct(text, *, by):
    """Give the text a second wording."""
    draft = start_correction(text_id=text.pk, by=by)
    draft = edit_draft(
        draft_id=draft.pk, version=draft.version, operation="edit", block=3, text="جملة أخرى.", by=by
    )
    accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)


def run(*arguments):
    out, code = io.StringIO(), 0
    try:
        call_command(*arguments, stdout=out)
    except SystemExit as error:
        code = error.code
    return out.getvalue(), code


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("disk I/O error"), OSError("the disk is away"), StorageFull("storage_full"),
        TimeoutError(), SoftTimeLimitExceeded(), subprocess.TimeoutExpired("pandoc", 60),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_what_may_pass_is_tried_for_two_days(monkeypatch, error):
    failing(monkeypatch, error)
    job = enqueue("count")

    pauses = attempts(job)

    assert pauses == sorted(pauses)
    assert sum(pauses) > 46 * 3600
    assert (job.state, job.message["code"]) == (JobState.FAILED, "job_broken")


@pytest.mark.parametrize("error", [ZeroDivisionError(), IntegrityError("twice")])
def test_code_that_fails_is_tried_three_times_in_a_minute(monkeypatch, error):
    failing(monkeypatch, error)
    job = enqueue("count")

    assert attempts(job) == [20, 40]
    assert (job.state, job.attempts) == (JobState.FAILED, 3)


def test_database_that_was_away_when_the_end_was_to_be_written_loses_nothing():
    """Nobody can write down then how the work ended; the worker only looks silent."""
    job = enqueue("count")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=4, heartbeat_at=timezone.now() - timedelta(minutes=10)
    )

    sweep_jobs()

    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.not_before > timezone.now()


@pytest.fixture
def lost(monkeypatch):
    """A job that was given up."""
    failing(monkeypatch, ZeroDivisionError())
    job = enqueue("count")
    attempts(job)
    monkeypatch.setitem(kinds.job_handlers, "count", lambda job, progress: {"n": 1})
    return job


def test_command_starts_what_was_given_up_again(lost):
    told, code = run("requeue_jobs", "--list")
    begun, _ = run("requeue_jobs")

    assert (told, code) == ("count: 1 given up.\n", 1)
    assert begun == "1 jobs start again.\n"
    assert run_job(lost.pk) == JobState.DONE
    assert run("requeue_jobs", "--list") == ("", 0)
    assert AuditEvent.objects.get(action="job.requeued").target_id == lost.public_id


def test_only_the_kind_that_was_named_starts_again(lost):
    run("requeue_jobs", "--kind", "carry_over")

    lost.refresh_from_db()
    assert lost.state == JobState.FAILED


def test_refusal_is_an_answer_and_does_not_start_again(monkeypatch):
    failing(monkeypatch, HashiyaError("not_text"))
    job = enqueue("count")
    run_job(job.pk)

    assert requeue_jobs(by=None, check=False) == 0


def test_job_whose_twin_waits_leaves_the_promise_to_it(lost):
    Job.objects.filter(pk=lost.pk).update(dedupe_key="k")
    twin = enqueue("count", dedupe_key="k")

    requeue_jobs(by=None, check=False)

    lost.refresh_from_db()
    assert (lost.state, Job.objects.get(pk=twin.pk).state) == (JobState.DONE, JobState.QUEUED)


@pytest.mark.parametrize(("language", "heading"), [("ar", "أعمال تُركت"), ("en", "Work that was given up")])
def test_administrator_sees_it_on_the_page_of_the_site_and_starts_it_again(
    client, people, lost, language, heading
):
    client.force_login(people["administrator"])
    page = client.get(f"/{language}/desk/site/").content.decode()

    client.post(f"/{language}/desk/site/jobs/requeue/")

    lost.refresh_from_db()
    assert heading in page
    assert lost.state == JobState.QUEUED
    assert heading not in client.get(f"/{language}/desk/site/").content.decode()


@pytest.mark.parametrize("role", ["member", "archivist", "editor"])
def test_others_start_nothing_again(client, people, lost, role):
    client.force_login(people[role])

    assert client.post("/en/desk/site/jobs/requeue/").status_code == 403
    with pytest.raises(NotAllowed):
        requeue_jobs(by=people[role])


def test_healthz_names_work_that_was_given_up_without_calling_the_site_unwell(client, lost):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "attention"
    assert answer.json()["checks"]["jobs"] is False


def test_healthz_sees_that_nobody_looks_for_work_that_is_due_again(client):
    job = enqueue("count")
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now() - timedelta(hours=1))

    assert client.get("/healthz").json()["checks"]["worker"] is False


def test_carrying_over_that_was_given_up_is_told_and_made_up_for(people, monkeypatch):
    text = make_text()
    make_note(text, by=people["scholar"])
    with monkeypatch.context() as patched:
        failing(patched, ZeroDivisionError(), "carry_over")
        correct(text, by=people["archivist"])
        waiting = run("check_anchors")
        job = Job.objects.get(kind="carry_over")
        attempts(job)
    told = run("check_anchors")

    run("requeue_jobs")
    run_job(job.pk)

    assert "is under way" in waiting[0]
    assert waiting[1] == 0
    assert "1 places" in told[0]
    assert "requeue_jobs" in told[0]
    assert told[1] == 1
    assert run("check_anchors") == (f"{Anchor.objects.count()} anchors checked, 0 wrong.\n", 0)
