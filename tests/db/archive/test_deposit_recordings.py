"""Recordings in a deposit become recordings, and go with it when it is undone, as pictures do."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.models import Locus
from archive.access import visible_to
from archive.access.standing import standing_on
from archive.actions.add_capture import add_capture
from archive.actions.describe_video import describe_video
from archive.actions.open_deposit import open_deposit
from archive.actions.rebuild_search import rebuild_search
from archive.actions.undo_deposit import undo_deposit
from archive.enums import RECORDING, Access, ItemState
from archive.errors import Conflict
from archive.models import AuditEvent, Capture, CleanCopy, Collection, SearchEntry, Video
from archive.presenters import receipt
from tests.db.archive.deposited import keep, work
from tests.factories_archive import send
from tests.factories_films import make_captions
from tests.factories_sound import KINDS, tone

pytestmark = pytest.mark.django_db


@pytest.fixture
def deposit(archivist):
    shelf = Collection.objects.create(slug="tapes", title_en="Tapes", access=Access.PUBLIC)
    return open_deposit(note="أشرطة", collection=shelf, by=archivist)


@pytest.fixture
def video(deposit, archivist) -> Video:
    made = keep(deposit, archivist, tone("mp3"), "talk.mp3").video
    work()
    return made


def codes(deposit) -> list[str]:
    return [obstacle.code for obstacle in standing_on(deposit)]


@pytest.mark.parametrize("kind", KINDS)
def test_sound_becomes_a_recording_with_its_clean_copy(deposit, archivist, kind):
    item = keep(deposit, archivist, tone(kind), f"talk.{kind}")
    work()

    assert (item.state, item.error, item.image, item.run) == (ItemState.KEPT, {}, None, None)
    assert (item.video.provider, item.video.access) == (RECORDING, Access.DRAFT)
    assert item.video.collection == deposit.collection
    assert Capture.objects.get(video=item.video).arrival == item.arrival
    assert CleanCopy.objects.filter(capture__video=item.video).exists()
    item.video.refresh_from_db()
    assert item.video.duration == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Kept, and entered as a recording"), ("ar", "محفوظ، وأُدخل تسجيلًا")]
)
def test_the_receipt_and_the_page_say_so(client, deposit, video, archivist, language, words):
    client.force_login(archivist)

    page = client.get(f"/{language}/desk/deposits/{deposit.public_id}/").content.decode()

    assert words in page
    assert receipt.outcome(deposit.items.get())
    undo = client.get(reverse("undo_deposit", args=[deposit.public_id])).content.decode()
    assert "تسجيلات" in undo or "Recordings" in undo


def test_what_is_no_sound_stays_a_file(deposit, archivist):
    item = keep(deposit, archivist, b"ID3 and nothing that plays", "talk.mp3")
    work()

    assert item.state == ItemState.KEPT
    assert item.arrival is not None


def test_it_goes_with_the_deposit(client, deposit, video, archivist):
    capture = Capture.objects.get()
    assert SearchEntry.objects.filter(kind="video", object_id=video.pk).exists()

    undo_deposit(deposit_id=deposit.pk, files=1, by=archivist)
    work()
    rebuild_search()

    assert not visible_to(Video, archivist).exists()
    assert not visible_to(Capture, archivist).exists()
    assert not SearchEntry.objects.filter(kind="video").exists()
    client.force_login(archivist)
    for name, public_id in (
        ("desk_video", video.public_id), ("video", video.public_id), ("capture", capture.public_id),
        ("iiif_film_manifest", video.public_id), ("desk_capture", capture.public_id),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[public_id])).status_code == 404, name
    assert AuditEvent.objects.get(action="deposit.undone").facts["recordings"] == 1
    assert CleanCopy.objects.count() == 1, "bytes stay"


def test_no_copy_is_made_of_one_that_was_undone(deposit, archivist):
    keep(deposit, archivist, tone("mp3"), "talk.mp3")
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    work()

    assert not CleanCopy.objects.exists()


def described(video, by):
    describe_video(video_id=video.pk, version=None, values={"title_en": "Talk"}, by=by)


def public(video, by):
    Video.objects.filter(pk=video.pk).update(access=Access.PUBLIC)


def captions(video, by):
    make_captions(video=video, by=by)


def captured_again(video, by):
    add_capture(video=video, arrival=send(tone("flac"), filename="other.flac", by=by), by=by)


def noted(video, by):
    Locus.objects.create(kind="time", video=video, start_time=0, end_time=1)


@pytest.mark.parametrize(
    ("does", "code"),
    [
        (described, "described_since"), (public, "seen_publicly"), (captions, "words_tied"),
        (captured_again, "file_in_use"), (noted, "written_on"),
    ],
)  # fmt: skip
def test_whatever_stands_on_it_keeps_the_deposit(deposit, video, archivist, does, code):
    assert codes(deposit) == []

    does(video, archivist)

    assert code in codes(deposit)
    with pytest.raises(Conflict, match="deposit_in_use"):
        undo_deposit(deposit_id=deposit.pk, by=archivist)
    assert visible_to(Video, archivist).exists()


def test_the_same_sound_can_be_sent_again(deposit, video, archivist):
    undo_deposit(deposit_id=deposit.pk, by=archivist)

    again = keep(open_deposit(note="once more", by=archivist), archivist, tone("mp3"), "talk.mp3")

    assert list(visible_to(Video, archivist)) == [again.video]
