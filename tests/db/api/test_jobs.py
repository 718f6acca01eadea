"""Background work: whoever caused it sees how far it is, and what it made as long as they may see what that is about."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.actions.edit_draft import edit_draft
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.models import Job, TextDraft, User
from tests.factories_archive import make_revision, make_run
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db


def correct_noted_words(people) -> TextDraft:
    """Return a correction that takes the words of an accepted note away."""
    archivist = people["archivist"]
    revision = make_revision(access="public", by=archivist)
    words = revision.content.split("\n")[2][:20]
    make_accepted(revision.text, words, author=people["scholar"], reviewer=people["reviewer"])
    draft = start_correction(text_id=revision.text_id, by=archivist)
    start = draft.content.index(words)
    block = next(n for n, b in enumerate(draft.blocks) if b["start"] <= start < b["end"])
    edit_draft(
        draft_id=draft.pk,
        version=draft.version,
        operation="edit",
        block=block,
        text="كلام آخر تمامًا.",
        by=archivist,
    )
    return TextDraft.objects.get(pk=draft.pk)


def test_preview_is_told_to_an_archivist_and_no_longer_once_the_role_is_gone(people, client_of):
    archivist = people["archivist"]
    job = correct_noted_words(people).preview_job
    run_job(job.pk)
    browser = Client()
    browser.force_login(archivist)
    before = client_of(archivist).get(f"/api/jobs/{job.public_id}/").json()

    archivist.roles.clear()
    archivist = User.objects.get(pk=archivist.pk)
    browser.force_login(archivist)
    after = client_of(archivist)
    detail = after.get(f"/api/jobs/{job.public_id}/").json()
    listed = {row["id"]: row for row in after.get("/api/jobs/").json()["results"]}[job.public_id]
    page = browser.get(f"/en/jobs/{job.public_id}/").json()

    assert before["result"]["items"]
    assert (detail["state"], detail["message"], detail["result"]) == ("done", {}, None)
    assert listed == detail
    assert (page["state"], page["message"], page["result"]) == ("done", "", {})


def test_preview_is_not_made_for_somebody_who_lost_the_role_meanwhile(people):
    job = correct_noted_words(people).preview_job
    people["archivist"].roles.clear()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result, job.message["code"]) == ("failed", {}, "not_visible")


def test_nothing_is_told_of_a_job_that_speaks_of_no_thing(people, client_of):
    job = Job.objects.create(
        kind="x", state="done", result={"words": "سرّ"}, message={"code": "y"}, created_by=people["archivist"]
    )

    told = client_of(people["archivist"]).get(f"/api/jobs/{job.public_id}/").json()

    assert (told["message"], told["result"]) == ({}, None)


def test_list_asks_the_same_number_of_questions_for_many_jobs(people, client_of):
    client = client_of(people["archivist"])
    make_run(by=people["archivist"])

    with CaptureQueriesContext(connection) as one:
        client.get("/api/jobs/")
    for _n in range(5):
        make_run(by=people["archivist"])
    with CaptureQueriesContext(connection) as many:
        answer = client.get("/api/jobs/")

    assert len(answer.json()["results"]) == 6
    assert len(many) == len(one)
