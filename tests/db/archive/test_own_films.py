"""Films that the archive itself keeps: from a deposit or a file, seen in a fresh container, their originals kept as they came."""

from __future__ import annotations

import io
import struct

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from archive.access import visible_to
from archive.actions.add_capture import add_capture
from archive.actions.add_film import add_film
from archive.actions.add_recording import add_recording
from archive.actions.bring_in import bring_in
from archive.actions.capture_video import ask_capture
from archive.actions.create_collection import create_collection
from archive.actions.open_deposit import open_deposit
from archive.actions.undo_deposit import undo_deposit
from archive.actions.watch_videos import due, plan_check
from archive.enums import FILM, Access, ItemState, JobState
from archive.errors import Invalid
from archive.media import paths
from archive.media.films import board
from archive.models import AuditEvent, Capture, CleanCopy, Collection, Job, Video
from archive.presenters import receipt
from tests.db.archive.deposited import keep, work
from tests.factories_archive import send
from tests.factories_films import MP4, make_captions
from tests.factories_moving import FILMS, film
from tests.factories_sound import tone

pytestmark = pytest.mark.django_db
MARKERS = [f"PLANTED{n:02}" for n in range(6)]
TAGS = dict(zip(("title", "artist", "comment", "copyright", "location"), MARKERS, strict=False))


def planted(kind: str) -> bytes:
    """Return a film that says each of the markers, and its encoder's settings beside its pictures."""
    data = film(kind, words=TAGS)
    box = struct.pack(">I", 8 + 16 + len(MARKERS[5])) + b"uuid" + bytes(range(16)) + MARKERS[5].encode()
    return data + (box if kind in ("mp4", "mov") else MARKERS[5].encode())


def add(data: bytes, people, **values) -> Video:
    video = add_film(
        arrival=send(data, filename="at Nadia's home.mp4", by=people["archivist"]),
        values={"access": Access.PUBLIC, "title_ar": "شارع", "title_en": "Street"} | values, by=people["archivist"],
    )  # fmt: skip
    work()
    video.refresh_from_db()
    return video


def seen(client, video: Video, **headers):
    address = reverse("capture", args=[Capture.objects.filter(video=video).latest("pk").public_id])
    return client.get(address, headers=headers)


def pictures(data: bytes) -> int:
    with av.open(io.BytesIO(data)) as file:
        return sum(1 for _picture in file.decode(video=0))


@pytest.mark.parametrize("kind", FILMS)
def test_viewers_get_pictures_and_sound_and_none_of_the_words(client, people, kind):
    data = planted(kind)
    assert [m for m in MARKERS if m.encode() in data] or kind in ("webm", "mkv")

    video = add(data, people)

    capture = Capture.objects.get()
    assert paths.of_sha256(capture.arrival.stored_file.sha256).read_bytes() == data
    answer = seen(client, video)
    shown = b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == ("video/webm" if kind == "webm" else "video/mp4")
    assert "Nadia" not in answer.headers["Content-Disposition"]
    assert not [marker for marker in MARKERS if marker.encode() in shown]
    assert b"x264 - core" not in shown
    assert pictures(shown) == 10
    assert video.duration == pytest.approx(1, abs=0.1)
    pages = []
    for language in ("ar", "en"):
        with translation.override(language):
            pages.append(client.get(video.get_absolute_url()).content)
    pages += [
        client.get(f"/api/{kind}/{row.public_id}/").content
        for kind, row in (("videos", video), ("captures", capture))
    ]
    assert not [marker for marker in MARKERS for each in pages if marker.encode() in each]
    assert capture.embedded_metadata["described"]["title_en"] == MARKERS[0]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_its_page_plays_it_and_leads_nowhere_else(client, people, language):
    video = add(film("mp4"), people)
    tied = make_captions(video=video, by=people["archivist"]).text

    with translation.override(language):
        page = client.get(video.get_absolute_url()).content.decode()

    assert '<video class="film__player" controls' in page
    assert '"VideoObject"' in page
    assert "كان النهر" in page
    assert f"?text={tied.public_id}&amp;t=1#film" in page
    assert 'href=""' not in page
    manifest = client.get(reverse("iiif_film_manifest", args=[video.public_id])).json()
    assert manifest["items"][0]["items"][0]["items"][0]["body"]["type"] == "Video"


def test_a_part_of_it_is_sent_and_seconds_of_it_are_annotated(client, people):
    video = add(film("webm"), people)
    whole = b"".join(seen(client, video).streaming_content)
    part = seen(client, video, Range="bytes=100-199")
    client.force_login(people["scholar"])

    page = client.get(f"/en/workbench/videos/{video.public_id}/").content.decode()

    assert b"".join(part.streaming_content) == whole[100:200]
    assert '<video class="film__player" controls' in page
    assert "Annotate" in client.get(f"/en/workbench/videos/{video.public_id}/doors/").content.decode()


def test_it_is_looked_for_nowhere(people):
    video = add(film("mp4"), people)

    assert not due().exists()
    assert board(Video.objects.all())["films"] == 0
    with pytest.raises(Invalid, match="kept_here"):
        plan_check(video=video, by=people["archivist"])
    with pytest.raises(Invalid, match="kept_here"):
        ask_capture(video=video, by=people["archivist"])


@pytest.mark.parametrize(
    ("data", "code"),
    [(film("mov", pictures="prores_ks"), "film_kind"), (MP4, "recording_broken")],
    ids=["kind", "broken"],
)
def test_what_browsers_do_not_play_is_kept_and_told(client, people, data, code):
    video = add(data, people)

    assert Job.objects.get(kind="make_clean_copy").message["code"] == code
    assert not CleanCopy.objects.exists()
    assert seen(client, video).status_code == 404
    assert 'class="gap"' in client.get(f"/en/videos/{video.public_id}/").content.decode()
    client.force_login(people["archivist"])
    assert (
        "No copy for readers could be made"
        in client.get(f"/en/desk/videos/{video.public_id}/").content.decode()
    )

    add_capture(
        video=video,
        arrival=send(film("mp4"), filename="b.mp4", by=people["archivist"]),
        by=people["archivist"],
    )
    work()

    assert seen(client, video).status_code == 200


def test_sound_is_no_film_and_a_film_no_recording(people):
    by = people["archivist"]
    with pytest.raises(Invalid, match="not_a_film"):
        add_film(arrival=send(tone("mp3"), filename="a.mp3", by=by), by=by)
    with pytest.raises(Invalid, match="not_a_recording"):
        add_recording(arrival=send(film("mp4"), filename="a.mp4", by=by), by=by)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Kept, and entered as a film"), ("ar", "محفوظ، وأُدخل فيلمًا")]
)
def test_films_of_a_deposit_become_videos_and_go_with_it(client, people, language, words):
    by = people["archivist"]
    shelf = Collection.objects.create(slug="films", title_en="Films", access=Access.PUBLIC)
    deposit = open_deposit(note="box", collection=shelf, by=by)
    item = keep(deposit, by, film("mkv"), "street.mkv")
    work()
    client.force_login(by)
    page = client.get(f"/{language}/desk/deposits/{deposit.public_id}/").content.decode()

    assert (item.state, item.error, item.video.provider, item.video.access) == (
        ItemState.KEPT,
        {},
        FILM,
        Access.DRAFT,
    )
    assert item.video.collection == shelf
    assert CleanCopy.objects.filter(capture__video=item.video).exists()
    assert words in page
    assert reverse("desk_video", args=[item.video.public_id]).split("/", 2)[2] in page
    assert receipt.outcome(item)

    undo_deposit(deposit_id=deposit.pk, files=1, by=by)

    assert not visible_to(Video, by).exists()
    assert AuditEvent.objects.get(action="deposit.undone").facts["films"] == 1
    assert client.get(reverse("capture", args=[Capture.objects.get().public_id])).status_code == 404


def test_the_desk_takes_a_film_from_a_file(client, people):
    client.force_login(people["archivist"])
    sent = {"file": SimpleUploadedFile("a.webm", film("webm")), "title_en": "Street", "key": "k" * 20}

    client.post("/en/desk/videos/from-file/", sent)
    again = {**sent, "file": SimpleUploadedFile("a.webm", film("webm"))}
    answer = client.post("/en/desk/videos/from-file/", again, follow=True)
    refused = client.post(
        "/en/desk/videos/from-file/", {"file": SimpleUploadedFile("a.mp3", tone("mp3")), "key": "l" * 20}
    )

    assert Video.objects.get().title_en == "Street"
    assert answer.status_code == 200
    assert refused.status_code == 422
    assert "This is not a film file" in refused.content.decode()
    assert client.get("/en/desk/videos/?show=own_films").content.decode().count("A film, kept here") == 1


def test_programs_send_one_too(client, people):
    client.force_login(people["archivist"])

    answer = client.post(
        "/api/videos/films/", {"file": SimpleUploadedFile("a.mp4", film("mp4")), "title_en": "Street"}
    )

    assert (answer.status_code, answer.json()["provider"], answer.json()["url"]) == (202, FILM, "")


def test_it_comes_out_and_goes_back_in(client, people, tmp_path):
    by, point, data = people["archivist"], transaction.savepoint(), planted("mp4")
    shelf = create_collection(values={"title_en": "Shelf", "access": Access.PUBLIC}, slug="shelf", by=by)
    add(data, people, collection=shelf)
    call_command("export_work", "shelf", "--collection", "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)

    bring_in(path=tmp_path / "bag", by=people["administrator"])
    work()

    video = Video.objects.get()
    assert (video.provider, video.external_id, video.url, video.state) == (
        FILM,
        video.public_id,
        "",
        "archived",
    )
    assert paths.of_sha256(Capture.objects.get().arrival.stored_file.sha256).read_bytes() == data
    assert seen(client, video).status_code == 200
    assert not Job.objects.filter(state=JobState.FAILED).exists()
