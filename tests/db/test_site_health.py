"""How much room there is for files, for how long, and whether the background does its work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.actions.enqueue import enqueue
from archive.media import fill, work_board
from archive.models import Job, StoredFile, VitalSign
from archive.tasks import sweep_jobs

pytestmark = pytest.mark.django_db

GB = 10**9


@pytest.mark.parametrize(
    ("free", "grown", "days", "left"),
    [
        (100 * GB, 10 * GB, 10, 100),  # A gigabyte a day.
        (10 * GB, 10 * GB, 30, 30),
        (0, 10 * GB, 30, 0),
        (100 * GB, 1, 30, None),  # For years.
        (100 * GB, 0, 30, None),  # Nothing came.
        (100 * GB, 10 * GB, 0.5, None),  # Too young to say.
    ],
)
def test_how_long_the_disk_lasts(free, grown, days, left):
    now = timezone.now()

    assert fill.days_left(free, grown, now - timedelta(days=days), now) == left


def test_disk_that_is_nearly_full_asks_for_room(client, people, monkeypatch):
    StoredFile.objects.create(sha256="ab" * 32, size=5, media_type="text/plain")
    monkeypatch.setattr(fill.shutil, "disk_usage", lambda folder: Usage(100 * GB, 95 * GB, 5 * GB))
    client.force_login(people["administrator"])

    page = client.get("/en/desk/site/health/").content.decode()

    assert "5.0 GB of 100 GB" in page
    assert "Make room soon" in page


class Usage:
    """What the system says of a disk."""

    def __init__(self, total: int, used: int, free: int) -> None:
        self.total, self.used, self.free = total, used, free


def test_disk_that_cannot_be_asked_is_told(client, people, monkeypatch):
    def fail(folder):
        raise OSError(5, "I/O error")

    monkeypatch.setattr(fill.shutil, "disk_usage", fail)
    client.force_login(people["administrator"])

    assert "cannot be asked" in client.get("/en/desk/site/health/").content.decode()


def test_queue_is_counted_and_the_oldest_that_waits_named():
    now = timezone.now()
    for minutes in (5, 3):
        job = enqueue("x")
        Job.objects.filter(pk=job.pk).update(created_at=now - timedelta(minutes=minutes))
    enqueue("x", not_before=now + timedelta(hours=1))
    Job.objects.filter(pk=enqueue("x").pk).update(state="running")

    work = work_board.board(timezone.now())

    assert (work.waiting, work.later, work.running) == (2, 1, 1)
    assert work.oldest == now - timedelta(minutes=5)


def test_worker_that_sweeps_is_alive_and_one_that_fell_silent_is_told(client, people):
    client.force_login(people["administrator"])
    never = client.get("/en/desk/site/health/").content.decode()

    sweep_jobs()
    alive = work_board.board(timezone.now())
    VitalSign.objects.update(at=timezone.now() - timedelta(minutes=5))
    silent = client.get("/en/desk/site/health/").content.decode()

    assert "no sign of life" in never
    assert not alive.is_silent
    assert "no sign of life" in silent


@pytest.mark.parametrize("language", ["ar", "en"])
def test_page_asks_as_often_for_many_jobs_as_for_one(client, people, language):
    client.force_login(people["administrator"])
    asked = []
    for number in (1, 11):
        for _number in range(number):
            enqueue("x")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/{language}/desk/site/health/").status_code == 200
        asked.append(len(captured))

    assert asked[0] == asked[1]
