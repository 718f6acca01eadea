"""Every file is read again in time; what is no longer itself is told, and mended from the second copy."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from archive.actions.receive_file import receive_file
from archive.actions.repair_file import repair_file
from archive.actions.replicate_file import replicate_file
from archive.actions.run_job import run_job
from archive.actions.watch_files import plan_watch, watch_files
from archive.enums import Fixity
from archive.errors import Invalid, NotAllowed
from archive.media import fixity, paths, replica
from archive.models import AuditEvent, FixityCheck, Job, Notice, StoredFile

pytestmark = pytest.mark.django_db


def receive(data: bytes, name: str = "a.bin") -> StoredFile:
    arrival = receive_file(source=io.BytesIO(data), filename=name, max_bytes=99, by=None, check=False)
    return arrival.stored_file


def after(days: float):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def damage(stored: StoredFile) -> Path:
    path = paths.of_sha256(stored.sha256)
    path.write_bytes(b"x" * stored.size)
    return path


@pytest.fixture
def second(settings, tmp_path) -> Path:
    settings.REPLICA_ROOT = str(tmp_path / "replica")
    return tmp_path / "replica"


def test_a_new_file_is_due_before_its_thirty_days_are_over():
    receive(b"one")

    with after(20):
        assert plan_watch() is None
    with after(26):
        job = plan_watch()
        run_job(job.pk)
        assert FixityCheck.objects.get().outcome == Fixity.INTACT
        assert plan_watch() is None
    with after(26 + 24):
        assert plan_watch() is None
    with after(26 + 26):
        assert plan_watch() is not None


def test_two_stretches_never_run_at_once():
    receive(b"one")

    with after(26):
        first = plan_watch()
        Job.objects.filter(pk=first.pk).update(state="running")
        assert plan_watch() is None


def test_a_stretch_ends_in_time_and_the_next_goes_on(monkeypatch):
    for data in (b"one", b"two", b"three"):
        receive(data)
    clock = iter([0, 1, 2, 10_000, 10_001, 10_002])
    monkeypatch.setattr("archive.actions.watch_files.time.monotonic", lambda: next(clock))

    with after(26):
        assert watch_files()["intact"] == 2
        monkeypatch.undo()
        assert watch_files()["intact"] == 1


def test_damage_is_recorded_and_told_to_administrators_once(people):
    stored = receive(b"one")
    damage(stored)

    with after(26):
        assert watch_files()["damaged"] == 1
    with after(28):
        assert watch_files()["damaged"] == 1

    assert Notice.objects.filter(user=people["administrator"], code="file_not_intact").count() == 1
    assert not Notice.objects.exclude(user=people["administrator"]).exists()
    assert AuditEvent.objects.filter(action="file.not_intact").count() == 2


def test_a_file_that_the_disk_would_not_give_is_not_called_damaged(monkeypatch):
    stored = receive(b"one")
    monkeypatch.setattr(Path, "open", lambda *_, **__: (_ for _ in ()).throw(OSError(5, "I/O error")))

    with after(26):
        counts = watch_files()

    assert counts == {"intact": 0, "damaged": 0, "could_not_check": 1}
    assert fixity.not_intact().get() == stored


def test_the_board_says_how_far_the_cycle_is():
    good, bad = receive(b"one"), receive(b"two")
    damage(bad)
    with after(26):
        watch_files()
    receive(b"new")
    with after(26):
        board = fixity.board(timezone.now())
    with after(31):
        later = fixity.board(timezone.now())

    assert (board.files, board.intact, board.damaged, board.unchecked) == (3, 1, 1, 1)
    assert (board.percent, board.overdue) == (100, 0)
    assert (later.overdue, later.percent) == (1, 66)
    assert board.size == good.size + bad.size + 3


def test_every_file_gets_a_second_copy(second):
    stored = receive(b"one")

    for job in Job.objects.filter(kind="replicate_file"):
        run_job(job.pk)

    assert replica.of_sha256(stored.sha256).read_bytes() == b"one"
    assert list(replica.missing()) == []


def test_the_watch_gives_the_second_copy_what_it_lacks_and_mends_what_rotted(second):
    stored = receive(b"one")
    watch_files()
    replica.of_sha256(stored.sha256).write_bytes(b"rot")

    with after(26):
        watch_files()

    assert replica.of_sha256(stored.sha256).read_bytes() == b"one"


def test_damaged_bytes_never_reach_the_second_copy(second):
    stored = receive(b"one")
    damage(stored)

    replicate_file(stored_file_id=stored.pk)

    assert not replica.of_sha256(stored.sha256).exists()


def test_a_damaged_file_is_mended_and_the_bad_bytes_set_aside(second, people):
    stored = receive(b"one")
    replicate_file(stored_file_id=stored.pk)
    path = damage(stored)

    check = repair_file(stored_file=stored, by=people["administrator"])

    assert check.outcome == Fixity.INTACT
    assert path.read_bytes() == b"one"
    assert [aside.read_bytes() for aside in (paths.root() / "damaged").iterdir()] == [b"xxx"]
    assert AuditEvent.objects.filter(action="file.repaired").exists()


def test_a_file_that_is_gone_is_mended_by_the_command(second):
    stored = receive(b"one")
    replicate_file(stored_file_id=stored.pk)
    paths.of_sha256(stored.sha256).unlink()
    with after(26):
        watch_files()

    out = io.StringIO()
    call_command("repair_files", stdout=out)

    assert f"intact: {stored.sha256}" in out.getvalue()
    assert paths.of_sha256(stored.sha256).read_bytes() == b"one"


def test_a_bad_second_copy_changes_nothing(second, people):
    stored = receive(b"one")
    replicate_file(stored_file_id=stored.pk)
    replica.of_sha256(stored.sha256).write_bytes(b"rot")
    path = damage(stored)

    with pytest.raises(Invalid, match="replica_bad"):
        repair_file(stored_file=stored, by=people["administrator"])

    assert path.read_bytes() == b"xxx"


def test_a_hash_that_the_chain_does_not_vouch_for_is_never_repaired(second, people):
    """Somebody who rewrote row and replica together still has the record against them."""
    stored = receive(b"one")
    forged = StoredFile.objects.create(sha256="ab" * 32, size=3, media_type="text/plain")
    replica.of_sha256(forged.sha256).parent.mkdir(parents=True)
    replica.of_sha256(forged.sha256).write_bytes(b"two")

    with pytest.raises(Invalid, match="not_in_chain"):
        repair_file(stored_file=forged, by=people["administrator"])
    with pytest.raises(Invalid, match="file_intact"):
        repair_file(stored_file=stored, by=people["administrator"])


@pytest.mark.parametrize("role", ["archivist", "scholar", "member"])
def test_only_administrators_repair(second, people, role):
    with pytest.raises(NotAllowed):
        repair_file(stored_file=receive(b"one"), by=people[role])


def test_the_desk_shows_the_board_and_each_files_log(client, people, second):
    stored = receive(b"one", "letter.txt")
    replicate_file(stored_file_id=stored.pk)
    damage(stored)
    client.force_login(people["administrator"])
    address = reverse("desk_file", args=[stored.arrivals.get().public_id])

    client.post(f"{address}check/")
    damaged = client.get(address).content.decode()
    front = client.get(reverse("desk_files"), {"show": "not_intact"}).content.decode()
    client.post(f"{address}repair/")
    mended = client.get(address).content.decode()

    assert "letter.txt" in front
    assert 'action="' + f'{address}repair/"' in damaged
    assert "status--lost" in damaged
    assert "status--accepted" in mended
    assert f"{address}repair/" not in mended


def test_the_list_of_files_asks_as_often_for_many_as_for_one(client, people, django_assert_max_num_queries):
    client.force_login(people["archivist"])
    for number in range(12):
        receive(b"%d" % number, f"{number}.bin")

    with django_assert_max_num_queries(16):
        client.get(reverse("desk_files"))


def test_name_of_a_new_folder_of_the_second_copy_is_brought_to_the_disk(second, monkeypatch):
    stored = receive(b"one")
    synced, fsync = [], os.fsync
    monkeypatch.setattr(
        "os.fsync", lambda number: synced.append(Path(f"/proc/self/fd/{number}").readlink()) or fsync(number)
    )

    replicate_file(stored_file_id=stored.pk)

    folder = replica.of_sha256(stored.sha256).parent
    assert {folder, folder.parent, second, second.parent} <= set(synced)
