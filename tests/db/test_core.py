"""The mechanisms that everything stands on: files, jobs, the audit chain, insert-only rows."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from archive import kinds
from archive.access import allows
from archive.actions.check_chain import check_chain, is_genuine
from archive.actions.command_account import command_account
from archive.actions.enqueue import enqueue
from archive.actions.receive_file import receive_file
from archive.actions.run_job import run_job
from archive.actions.sweep_jobs import sweep_jobs
from archive.enums import JobState
from archive.errors import HashiyaError, Invalid, NotAllowed
from archive.media import paths
from archive.models import AuditEvent, FileArrival, Job, StoredFile, Video
from tests.factories_archive import make_revision

pytestmark = pytest.mark.django_db


def test_received_bytes_lie_under_their_hash_and_the_same_bytes_are_shared(people):
    data = "نصّ أصليّ".encode()

    first = receive_file(
        source=io.BytesIO(data), filename="a/b\\نص.txt", max_bytes=100, by=people["archivist"]
    )
    second = receive_file(source=io.BytesIO(data), filename="copy.txt", max_bytes=100, by=people["archivist"])

    assert paths.of_sha256(hashlib.sha256(data).hexdigest()).read_bytes() == data
    assert first.filename == "نص.txt"
    assert first.stored_file == second.stored_file
    assert StoredFile.objects.count() == 1
    assert FileArrival.objects.count() == 2


def test_bytes_over_the_limit_leave_nothing_behind(people):
    with pytest.raises(Invalid, match="too_large"):
        receive_file(source=io.BytesIO(b"x" * 101), filename="a", max_bytes=100, by=people["archivist"])

    assert not FileArrival.objects.exists()
    assert not list(paths.staging().iterdir())


def test_scholar_may_not_send_in_files(people):
    with pytest.raises(NotAllowed):
        receive_file(source=io.BytesIO(b"x"), filename="a", max_bytes=100, by=people["scholar"])


def test_facts_are_refused_changes_by_the_database_itself(people):
    arrival = receive_file(source=io.BytesIO(b"x"), filename="a", max_bytes=100, by=people["archivist"])

    with pytest.raises(DatabaseError, match="insert-only"):
        FileArrival.objects.filter(pk=arrival.pk).update(filename="b")


def test_facts_cannot_be_replaced_or_emptied_away(people):
    receive_file(source=io.BytesIO(b"x"), filename="a", max_bytes=100, by=people["archivist"])
    columns = ", ".join(field.column for field in AuditEvent._meta.concrete_fields)
    forged = columns.replace("action", "'forged'")
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO archive_auditevent ({columns}) SELECT {forged} FROM archive_auditevent",
        "postgresql": "TRUNCATE archive_auditevent",
    }[connection.vendor]

    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEvent.objects.get().action == "file.received"


def test_chain_that_grows_while_it_is_read_is_whole(people, monkeypatch):
    for number in range(3):
        receive_file(source=io.BytesIO(b"%d" % number), filename="a", max_bytes=100, by=people["archivist"])

    def meanwhile(event):
        if event.sequence == 3:
            receive_file(source=io.BytesIO(b"new"), filename="a", max_bytes=100, by=people["archivist"])
        return is_genuine(event)

    monkeypatch.setattr("archive.actions.check_chain.is_genuine", meanwhile)

    assert list(check_chain()) == []


def test_account_for_commands_is_recorded(db):
    user = command_account()

    event = AuditEvent.objects.get(target_kind="user")
    assert (event.action, event.target_id) == ("person.joined", user.public_id)
    assert event.facts == {"roles": ["archivist"]}


def test_video_that_a_text_brings_is_recorded(people):
    make_revision("# ع\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n", by=people["archivist"])

    event = AuditEvent.objects.get(action="video.added")
    assert event.target_id == Video.objects.get().public_id


def test_audit_events_form_a_chain(people):
    for number in range(3):
        receive_file(source=io.BytesIO(b"%d" % number), filename="a", max_bytes=100, by=people["archivist"])

    events = list(AuditEvent.objects.order_by("sequence"))
    assert [e.sequence for e in events] == [1, 2, 3]
    assert events[2].previous_hash == events[1].hash


def test_job_runs_once_and_a_refusal_says_why(monkeypatch):
    ran = []
    monkeypatch.setitem(kinds.job_handlers, "count", lambda job, progress: ran.append(job.pk) or {"n": 1})

    def refuse(job, progress):
        raise HashiyaError("not_text")

    monkeypatch.setitem(kinds.job_handlers, "refuse", refuse)
    good, bad = enqueue("count"), enqueue("refuse")

    outcomes = [run_job(good.pk), run_job(good.pk), run_job(bad.pk)]

    assert outcomes == [JobState.DONE, "", JobState.FAILED]
    assert ran == [good.pk]
    assert Job.objects.get(pk=bad.pk).message == {"code": "not_text", "params": {}}


def test_two_promises_under_one_key_are_one():
    assert enqueue("a", dedupe_key="k") == enqueue("a", dedupe_key="k")
    assert enqueue("a", dedupe_key="other") != enqueue("b", dedupe_key="k")


def test_account_is_seen_by_its_owner_and_administrators_only(people):
    seers = {code for code, user in people.items() if allows(user, "view", people["scholar"])}

    assert seers == {"scholar", "administrator"}


def test_job_of_a_worker_that_died_is_taken_back_and_run_by_another(monkeypatch):
    nudged = []
    monkeypatch.setattr("archive.queue.nudge", nudged.append)
    monkeypatch.setitem(kinds.job_handlers, "count", lambda job, progress: {"n": 1})
    job = enqueue("count")
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=1, heartbeat_at=long_ago, created_at=long_ago
    )

    sweep_jobs()

    assert nudged == [job.pk]
    assert run_job(job.pk) == JobState.DONE


def test_worker_from_which_a_job_was_taken_changes_nothing_any_more(monkeypatch):
    def slow(job, progress):
        Job.objects.filter(pk=job.pk).update(attempts=2)  # The sweep gave it back, and another began.
        progress(50)
        return {"late": True}

    monkeypatch.setitem(kinds.job_handlers, "count", slow)
    job = enqueue("count")

    assert run_job(job.pk) == ""

    job.refresh_from_db()
    assert (job.state, job.progress, job.result) == (JobState.RUNNING, 0, {})


def test_what_failed_unforeseen_is_tried_again_after_a_while(monkeypatch):
    def fail(job, progress):
        raise OSError("no space left on device")

    monkeypatch.setitem(kinds.job_handlers, "count", fail)
    job = enqueue("count")

    assert run_job(job.pk) == JobState.QUEUED
    assert run_job(job.pk) == ""  # Not yet.

    job.refresh_from_db()
    assert job.not_before > timezone.now()


def test_failed_job_whose_twin_waits_leaves_the_promise_to_it(monkeypatch):
    twins = []

    def fail(job, progress):
        twins.append(enqueue("count", dedupe_key="k"))
        raise OSError

    monkeypatch.setitem(kinds.job_handlers, "count", fail)
    job = enqueue("count", dedupe_key="k")

    assert run_job(job.pk) == JobState.DONE
    assert [twin.state for twin in twins] == [JobState.QUEUED]


def test_job_that_kills_its_worker_every_time_is_given_up_in_words():
    job = enqueue("count")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=9, heartbeat_at=timezone.now() - timedelta(hours=1)
    )

    sweep_jobs()

    assert Job.objects.get(pk=job.pk).message["code"] == "job_broken"
