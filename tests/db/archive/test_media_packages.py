"""PDFs and recordings leave in packages whole and come back so, and their pages and sound are made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from annotations.actions.write_annotation import write_annotation
from annotations.enums import Outcome
from annotations.models import Annotation
from annotations.values import NoteInput, RegionPlace
from archive.actions.add_image import add_image
from archive.actions.add_recording import add_recording
from archive.actions.bring_in import bring_in, opened_package, try_out
from archive.actions.create_collection import create_collection
from archive.actions.open_deposit import open_deposit
from archive.actions.run_job import run_job
from archive.actions.undo_deposit import undo_deposit
from archive.enums import Access, JobState, VideoState
from archive.errors import Conflict
from archive.media import paths
from archive.models import Capture, CleanCopy, Collection, FreshPdf, Image, Job, PageWords, StoredFile, Video
from tests.db.archive.deposited import keep
from tests.factories_archive import png, send
from tests.factories_notes import decide_note, submit_note
from tests.factories_pdf import pdf, words
from tests.factories_sound import planted

pytestmark = pytest.mark.django_db
MARKERS = [f"PLANTED{n:02}" for n in range(12)]
LETTER, TALK = pdf([words("The canal keeper wrote")]), planted("mp3", MARKERS)
LEAVES = pdf([words("The first leaf"), words("The second leaf")])


def work_off() -> None:
    while job := Job.objects.filter(state=JobState.QUEUED, not_before=None).first():
        run_job(job.pk)


@pytest.fixture
def bag(people, tmp_path):
    """A bag of a shelf with a PDF and a recording, in an archive that is empty."""
    by = people["archivist"]
    point = transaction.savepoint()
    shelf = create_collection(values={"title_en": "Shelf", "access": Access.PUBLIC}, slug="shelf", by=by)
    values = {"collection": shelf, "access": Access.PUBLIC, "title_en": "One"}
    add_image(arrival=send(LETTER, filename="letter.pdf", by=by), values=values, by=by)
    add_recording(arrival=send(TALK, filename="talk.mp3", by=by), values=values, by=by)
    work_off()
    target = tmp_path / "bag"
    call_command("export_work", "shelf", "--collection", "--to", str(target))
    transaction.savepoint_rollback(point)
    return target


def test_they_come_back_whole(bag, people):
    held = sorted(path.read_bytes() for path in (bag / "data" / "files").iterdir())
    assert held == sorted([LETTER, TALK])

    bring_in(path=bag, by=people["administrator"])
    work_off()

    image, video = Image.objects.get(), Video.objects.get()
    assert paths.of_sha256(image.arrival.stored_file.sha256).read_bytes() == LETTER
    assert (image.state, image.pages, FreshPdf.objects.count()) == ("ready", 1, 1)
    assert PageWords.objects.get().text == "The canal keeper wrote"
    assert (video.is_recording, video.external_id, video.url) == (True, video.public_id, "")
    assert (video.state, video.duration) == (VideoState.ARCHIVED, pytest.approx(1, abs=0.1))
    assert paths.of_sha256(Capture.objects.get().arrival.stored_file.sha256).read_bytes() == TALK
    sound = paths.of_sha256(CleanCopy.objects.get().stored_file.sha256).read_bytes()
    assert not any(marker.encode() in sound for marker in MARKERS)


def test_note_on_a_later_page_comes_back_on_that_page(people, tmp_path):
    by, point = people["archivist"], transaction.savepoint()
    shelf = create_collection(values={"title_en": "Shelf", "access": Access.PUBLIC}, slug="shelf", by=by)
    values = {"collection": shelf, "access": Access.PUBLIC, "title_en": "Leaves"}
    image = add_image(arrival=send(LEAVES, filename="leaves.pdf", by=by), values=values, by=by)
    work_off()
    place = RegionPlace(image.public_id, "rect", [(10, 20), (90, 80)], 2)
    note = write_annotation(place=place, note=NoteInput(body="Here", language="en"), by=people["scholar"])
    submit_note(note.annotation)
    decide_note(note.annotation, Outcome.ACCEPT, by=people["reviewer"])
    call_command("export_work", "shelf", "--collection", "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)

    bring_in(path=tmp_path / "bag", by=people["administrator"])
    work_off()

    region = Annotation.objects.get().newest_version.locus.region
    assert region == {"shape": "rect", "points": [[10, 20], [90, 80]], "page": 2}


def test_picture_of_an_undone_deposit_is_no_picture_that_is_here(people, tmp_path):
    by, deposit = people["archivist"], open_deposit(note="box", by=people["archivist"])
    image = keep(deposit, by, png(20, 10), "map.png").image
    point = transaction.savepoint()
    shelf = create_collection(values={"title_en": "Shelf", "access": Access.PUBLIC}, slug="shelf", by=by)
    Image.objects.filter(pk=image.pk).update(collection=shelf)
    call_command("export_work", "shelf", "--collection", "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)
    undo_deposit(deposit_id=deposit.pk, by=by)

    with pytest.raises(Conflict, match="undone_here"):
        bring_in(path=tmp_path / "bag", by=people["administrator"])

    assert not Collection.objects.exists()


def test_they_are_tried_out_before_any_byte_of_them_is_kept(bag, people):
    for stored in StoredFile.objects.all():
        paths.of_sha256(stored.sha256).unlink()
    shutil.rmtree(paths.root() / "originals", ignore_errors=True)

    for place in (bag, Path(shutil.make_archive(str(bag), "zip", bag))):
        with opened_package(place, by=people["administrator"]) as loading:
            try_out(loading)

    assert not Video.objects.exists()
