"""500 files of all kinds with breaks, a full disk, a worker that is away or killed: the receipt always reconciles."""

from __future__ import annotations

import base64
import csv
import errno
import hashlib
import io
import wave
import zipfile

import pytest
from django.urls import reverse

from archive.actions.open_deposit import open_deposit
from archive.actions.run_job import run_job
from archive.actions.settle_item import settle_item
from archive.enums import ItemState, JobState
from archive.media import paths, resumable
from archive.models import DepositItem, FileArrival, Image, ImportRun, Job, StoredFile
from tests.db.archive.deposited import arrive, keep, work
from tests.factories_archive import TEXT, png

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 40
KIND = "application/offset+octet-stream"


def sound(number: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(number.to_bytes(4, "little") * 200)
    return out.getvalue()


def packed(number: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", f"{number}")
    return out.getvalue()


#: Name and bytes of the file with a number, ten kinds in turn; the last is the same bytes every time.
MAKERS = (
    lambda n: (f"صورة {n}.png", png(20 + n, 10)),
    lambda n: (f"رسالة-{n}.md", f"{TEXT}\n\n{n}\n".encode()),
    lambda n: (f"scan {n}.pdf", b"%PDF-1.4\n%%EOF " + str(n).encode()),
    lambda n: (f"tape {n}.wav", sound(n)),
    lambda n: (f"film {n}.mp4", b"\0\0\0\x18ftypisom" + n.to_bytes(4) * 500),
    lambda n: (f"list {n}.csv", f"file,title_ar\nx{n},y\n".encode()),
    lambda n: (f"box {n}.zip", packed(n)),
    lambda n: (f"broken {n}.png", b"\x89PNG\r\n\x1a\n" + n.to_bytes(4)),
    lambda n: (f"con\u202e{n}gnp.exe", b"MZ" + n.to_bytes(4)),
    lambda n: (f"copy {n}.bin", DATA),
)


@pytest.fixture
def deposit(archivist):
    return open_deposit(note="كل شيء", by=archivist)


@pytest.fixture
def door(desk, deposit):
    """Speaks tus with the deposit's address."""

    def create(name: str, size: int, key: str):
        told = {"filename": name, "key": key}
        words = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in told.items())
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": words}
        return desk.post(reverse("uploads", args=[deposit.public_id]), headers=headers)

    def patch(place: str, offset: int, data: bytes):
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        return desk.patch(place, data=data, content_type=KIND, headers=headers)

    def reached(place: str) -> int:
        return int(desk.head(place, headers={"Tus-Resumable": "1.0.0"}).headers["Upload-Offset"])

    door.create, door.patch, door.reached = create, patch, reached
    return door


def receipt_of(desk, deposit):
    answer = desk.get(reverse("deposit_receipt", args=[deposit.public_id]))
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))[1:]


@pytest.mark.slow
def test_500_files_of_all_kinds_with_breaks_are_all_on_the_receipt(desk, deposit, door, monkeypatch):
    # What survives a power cut is proved elsewhere; waiting 3,000 times for the disk is not.
    monkeypatch.setattr("os.fsync", lambda _number: None)
    sent = [MAKERS[n % 10](n) for n in range(500)]
    places = {}
    for number, (name, data) in enumerate(sent):
        places[number] = door.create(name, len(data), f"k{number}").headers["Location"]
        # Every third line breaks in the middle of its file, and its sender goes away.
        door.patch(places[number], 0, data[: len(data) // 2] if number % 3 == 0 else data)
    work("settle_item")
    half = receipt_of(desk, deposit)

    for number, (name, data) in enumerate(sent):
        place = door.create(name, len(data), f"k{number}").headers["Location"]
        assert place == places[number]
        if (offset := door.reached(place)) < len(data):
            assert door.patch(place, offset, data[offset:]).status_code == 204
    work("settle_item")
    rows = receipt_of(desk, deposit)

    assert sum(bool(row[3]) for row in half) == 333
    assert [(row[1], row[2], row[3]) for row in rows] == [
        (str(len(data)), str(len(data)), hashlib.sha256(data).hexdigest()) for _name, data in sent
    ]
    assert DepositItem.objects.filter(state=ItemState.KEPT).count() == 500
    assert FileArrival.objects.count() == 500
    assert Image.objects.count() == 150  # Pictures, and PDFs, whose pages are pictures.
    assert ImportRun.objects.count() >= 50
    assert StoredFile.objects.filter(sha256=hashlib.sha256(DATA).hexdigest()).count() == 1
    assert not list(paths.staging().iterdir())


def test_full_disk_in_the_middle_of_a_file_is_told_and_the_file_goes_on_later(
    desk, deposit, door, monkeypatch
):
    place = door.create("tape.bin", len(DATA), "k").headers["Location"]
    door.patch(place, 0, DATA[:5000])
    write = resumable.os.write

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(resumable.os, "write", full)
        refused = door.patch(place, 5000, DATA[5000:])
    assert resumable.os.write is write
    reached = door.reached(place)
    door.patch(place, reached, DATA[reached:])
    work("settle_item")

    assert refused.status_code == 507
    assert "القرص" in refused.json()["sentence"]
    assert reached == 5000
    assert receipt_of(desk, deposit)[0][3] == hashlib.sha256(DATA).hexdigest()


def test_sending_goes_on_while_the_worker_is_away(desk, deposit, door):
    for number in range(3):
        place = door.create(f"{number}.png", len(png(20 + number, 10)), f"k{number}").headers["Location"]
        assert door.patch(place, 0, png(20 + number, 10)).status_code == 204

    waiting = {row[3] for row in receipt_of(desk, deposit)}
    states = set(DepositItem.objects.values_list("state", flat=True))
    work()

    assert (waiting, states) == ({""}, {ItemState.ARRIVED})
    assert Image.objects.filter(state="ready").count() == 3


class Killed(BaseException):
    """The process is gone; nothing in it can answer."""


#: What settling calls on its way, in order; at each the process may die.
STATIONS = (
    "archive.actions.receive_file._settle", "archive.actions.settle_item.record_arrival",
    "archive.actions.receive_file.record_event", "archive.actions.settle_item.add_image",
    "archive.actions.add_image.enqueue", "archive.actions.add_image.refresh_search",
    "archive.actions.add_image.record_event", "archive.actions.add_image.trace_public",
    "archive.models.DepositItem.save", "archive.media.resumable.discard",
)  # fmt: skip


@pytest.mark.parametrize("station", STATIONS)
def test_process_that_is_killed_while_settling_leaves_nothing_or_everything(
    deposit, archivist, monkeypatch, station
):
    data = png(20, 10)
    item = arrive(deposit, archivist, data, "map.png")

    def die(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(station, die)
        with pytest.raises(Killed):
            settle_item(item_id=item.pk)
    item.refresh_from_db()
    made = (item.state == ItemState.KEPT, Image.objects.exists(), FileArrival.objects.exists())
    settle_item(item_id=item.pk)
    settle_item(item_id=item.pk)

    item.refresh_from_db()
    assert made in {(False, False, False), (True, True, True)}
    assert item.state == ItemState.KEPT
    assert Image.objects.get() == item.image
    assert FileArrival.objects.count() == 1
    assert paths.of_sha256(hashlib.sha256(data).hexdigest()).read_bytes() == data


def test_job_of_a_killed_worker_is_done_by_the_next(deposit, archivist, monkeypatch):
    arrive(deposit, archivist, png(20, 10), "map.png")
    job = Job.objects.get(kind="settle_item")

    def die(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("archive.actions.settle_item.add_image", die)
        with pytest.raises(Killed):
            run_job(job.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)

    assert run_job(job.pk) == JobState.DONE
    assert DepositItem.objects.get().state == ItemState.KEPT


def test_file_that_was_kept_before_is_kept_again_under_its_own_name(desk, deposit, archivist):
    keep(deposit, archivist, DATA, "a.bin")
    keep(deposit, archivist, DATA, "b.bin")

    assert [row[0] for row in receipt_of(desk, deposit)] == ["a.bin", "b.bin"]
