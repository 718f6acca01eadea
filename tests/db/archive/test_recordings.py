"""Recordings of sound: catalogued like videos, heard in a fresh container, their originals kept as they came."""

from __future__ import annotations

import io

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from archive.access import ANYBODY
from archive.actions.add_recording import add_recording
from archive.actions.add_video import add_video
from archive.actions.capture_video import ask_capture
from archive.actions.run_job import run_job
from archive.actions.watch_videos import due, plan_check
from archive.enums import Access, JobState, VideoState
from archive.errors import Invalid
from archive.media import paths
from archive.media.film_bytes import film_type
from archive.media.films import board
from archive.models import Capture, CleanCopy, Job, Video
from archive.search.engine import search
from tests.factories_archive import send
from tests.factories_films import make_captions
from tests.factories_sound import KINDS, planted, tone

pytestmark = pytest.mark.django_db
MARKERS = [f"PLANTED{n:02}" for n in range(12)]


def work_off() -> None:
    while job := Job.objects.filter(state=JobState.QUEUED, not_before=None).first():
        run_job(job.pk)


def add(data: bytes, people, **values) -> Video:
    video = add_recording(
        arrival=send(data, filename="talk at Nadia's home.mp3", by=people["archivist"]),
        values={"access": Access.PUBLIC, "title_ar": "حديث", "title_en": "Talk"} | values, by=people["archivist"],
    )  # fmt: skip
    work_off()
    video.refresh_from_db()
    return video


def heard(client, video: Video, **headers):
    address = reverse("capture", args=[Capture.objects.get(video=video).public_id])
    return client.get(address, headers=headers)


def samples(data: bytes) -> int:
    with av.open(io.BytesIO(data)) as file:
        return sum(frame.samples for frame in file.decode(audio=0))


def packets(data: bytes, kind: str) -> bytes:
    with av.open(io.BytesIO(data), format=kind) as file:
        return b"".join(bytes(packet) for packet in file.demux(audio=0))


@pytest.mark.parametrize("kind", KINDS)
def test_listeners_get_the_sound_and_none_of_the_words(client, people, kind):
    data = planted(kind, MARKERS)
    assert all(marker.encode() in data for marker in MARKERS)

    video = add(data, people)

    capture = Capture.objects.get()
    assert paths.of_sha256(capture.arrival.stored_file.sha256).read_bytes() == data
    answer = heard(client, video)
    sound = b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"].startswith("audio/")
    assert "Nadia" not in answer.headers["Content-Disposition"]
    assert not [marker for marker in MARKERS if marker.encode() in sound]
    assert samples(sound) == pytest.approx(48_000, abs=1300)
    assert video.duration == pytest.approx(1, abs=0.05)
    seen = []
    for language in ("ar", "en"):
        with translation.override(language):
            seen.append(client.get(video.get_absolute_url()).content)
    seen.append(client.get(f"/api/videos/{video.public_id}/").content)
    seen.append(client.get(f"/api/captures/{capture.public_id}/").content)
    assert not [marker for marker in MARKERS for each in seen if marker.encode() in each]


def test_the_sound_is_not_encoded_again(client, people):
    data = tone("flac")

    sound = b"".join(heard(client, add(data, people)).streaming_content)

    assert packets(sound, "flac") == packets(data, "flac")


def test_a_part_of_the_sound_is_sent_to_who_asks_for_it(client, people):
    video = add(tone("wav"), people)

    whole = b"".join(heard(client, video).streaming_content)
    part = heard(client, video, Range="bytes=100-199")

    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[100:200]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_its_page_plays_it_without_a_script(client, people, language):
    video = add(tone("mp3"), people)

    with translation.override(language):
        page = client.get(video.get_absolute_url()).content.decode()

    assert '<audio class="film__player" controls preload="metadata" src="/files/captures/' in page
    assert '"AudioObject"' in page
    assert ("تسجيل" if language == "ar" else "Recording") in page
    assert 'href=""' not in page


def test_its_words_stand_beside_it_with_times_that_lead_into_it(client, people):
    video = add(tone("mp3"), people)
    text = make_captions(video=video, by=people["archivist"]).text

    with translation.override("en"):
        page = client.get(video.get_absolute_url()).content.decode()

    assert "كان النهر" in page
    assert f"?text={text.public_id}&amp;t=1#film" in page


def test_it_is_annotated_under_a_player_of_sound(client, people):
    video = add(tone("mp3"), people)
    client.force_login(people["scholar"])

    page = client.get(f"/en/workbench/videos/{video.public_id}/").content.decode()
    door = client.get(f"/en/workbench/videos/{video.public_id}/doors/").content.decode()

    assert '<audio class="film__player" controls' in page
    assert "<video" not in page
    assert "Annotate this recording" in door


def test_nothing_is_heard_before_the_clean_copy_is_there(client, people):
    video = add_recording(
        arrival=send(tone("mp3"), filename="a.mp3", by=people["archivist"]),
        values={"access": Access.PUBLIC}, by=people["archivist"],
    )  # fmt: skip

    assert heard(client, video).status_code == 404
    client.force_login(people["archivist"])
    assert heard(client, video).status_code == 404
    with translation.override("en"):
        assert "<audio" not in client.get(video.get_absolute_url()).content.decode()
        assert "Making the copy" in client.get(reverse("desk_video", args=[video.public_id])).content.decode()


@pytest.mark.parametrize("access", [Access.DRAFT, Access.MEMBERS])
def test_who_may_not_see_it_hears_nothing_of_it(client, people, access):
    video = add(tone("mp3"), people, access=access)

    assert heard(client, video).status_code == 404
    with translation.override("en"):
        assert client.get(video.get_absolute_url()).status_code == 404
    assert not search("Talk", ANYBODY).hits


def test_sound_that_is_for_fewer_changes_no_letter_of_the_page(client, people):
    video = add(tone("mp3"), people)
    Capture.objects.update(access="draft")
    with translation.override("en"):
        closed = client.get(video.get_absolute_url()).content

    assert heard(client, video).status_code == 404
    assert b"<audio" not in closed
    client.force_login(people["archivist"])
    assert heard(client, video).status_code == 200


def test_the_api_takes_it_in(client, people):
    client.force_login(people["archivist"])
    sent = {"file": SimpleUploadedFile("a.mp3", tone("mp3")), "title_en": "Talk"}

    answer = client.post("/api/videos/recordings/", sent)

    assert answer.status_code == 202
    assert answer.json()["provider"] == "recording"
    refused = client.post("/api/videos/recordings/", {"file": SimpleUploadedFile("a.mp3", b"words")})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_recording")


def test_a_recording_is_found_by_its_description(people):
    video = add(tone("mp3"), people, description_en="On the canal at dawn")

    with translation.override("en"):
        assert [hit.url for hit in search("canal", ANYBODY).hits] == [video.get_absolute_url()]


NO_SOUND = {
    "words": b"just words", "a picture": b"\x89PNG\r\n\x1a\n" + bytes(50), "a film": b"\x00\x00\x00\x18ftypisom" + bytes(40),
    "a page": b"<html><script>alert(1)</script></html>", "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_SOUND)
def test_what_is_no_recording_is_refused_in_words(people, kind):
    with pytest.raises(Invalid, match="not_a_recording"):
        add(NO_SOUND[kind], people)

    assert not Video.objects.exists()


BROKEN = {
    "a name alone": b"ID3\x03\x00\x00\x00\x00\x00\x00", "noise": b"ID3" + bytes(range(256)) * 30,
    "an empty Ogg": b"OggS" + bytes(30) + b"OpusHead" + bytes(20), "a FLAC of nothing": b"fLaC" + bytes(60),
    "a WAV of nothing": b"RIFF\x10\x00\x00\x00WAVEfmt ",
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_recording_is_kept_told_and_played_to_nobody(client, people, kind):
    data = BROKEN[kind]
    video = add(data, people)

    assert not CleanCopy.objects.exists()
    assert paths.of_sha256(Capture.objects.get().arrival.stored_file.sha256).read_bytes() == data
    assert heard(client, video).status_code == 404
    client.force_login(people["archivist"])
    with translation.override("en"):
        page = client.get(reverse("desk_video", args=[video.public_id])).content.decode()
    assert "cannot be read" in page or "browsers do not play" in page


def test_a_recording_is_never_looked_for_elsewhere(people):
    video = add(tone("mp3"), people)
    add_video(url="https://vimeo.com/12345", by=people["archivist"])

    assert video.state == VideoState.ARCHIVED
    assert [row.provider for row in due()] == ["vimeo"]
    assert board(Video.objects.all())["films"] == 1
    with pytest.raises(Invalid, match="kept_here"):
        plan_check(video=video, by=people["archivist"])
    with pytest.raises(Invalid, match="kept_here"):
        ask_capture(video=video, by=people["archivist"])


def test_the_same_form_sent_twice_is_one_recording(people):
    arrival = send(tone("mp3"), filename="a.mp3", by=people["archivist"])

    one, two = (add_recording(arrival=arrival, key="form", by=people["archivist"]) for _ in range(2))

    assert one == two
    assert Video.objects.count() == Capture.objects.count() == 1


def test_archivists_send_it_in_at_their_desk(desk):
    with translation.override("en"):
        address = reverse("recording_new")
        assert desk.get(address).status_code == 200
        file = SimpleUploadedFile("talk.mp3", tone("mp3"))
        answer = desk.post(address, {"file": file, "title_en": "Talk", "key": "k"})
        video = Video.objects.get()
        assert answer.headers["Location"] == reverse("desk_video", args=[video.public_id])
        page = desk.get(answer.headers["Location"]).content.decode()
        assert "Making the copy for readers" in page
        work_off()
        page = desk.get(answer.headers["Location"]).content.decode()
        assert "<audio" in page
        assert "Recording</span>" in desk.get(reverse("desk_videos")).content.decode()
    assert (video.title_en, video.access) == ("Talk", Access.DRAFT)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "No file came with the form"),
        ({"file": SimpleUploadedFile("a.txt", b"words")}, "not a recording in a format"),
    ],
)
def test_what_the_desk_cannot_take_is_said_beside_the_field(desk, sent, said):
    with translation.override("en"):
        answer = desk.post(reverse("recording_new"), sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Video.objects.exists()


def test_a_received_file_becomes_a_recording(desk, people):
    arrival = send(tone("wav"), filename="a.wav", by=people["archivist"])

    with translation.override("en"):
        answer = desk.post(reverse("recording_new"), {"arrival": arrival.public_id})

    assert answer.status_code == 302
    assert Capture.objects.get().arrival == arrival


def test_a_clean_copy_is_never_changed(people):
    add(tone("mp3"), people)

    with pytest.raises((IntegrityError, TypeError)), transaction.atomic():
        CleanCopy.objects.update(duration=9)


def test_kinds_are_known_by_their_first_bytes():
    assert {kind: film_type(tone(kind)[:4096]) for kind in KINDS} == {
        "mp3": "audio/mpeg", "m4a": "audio/mp4", "oga": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav",
        "aac": "audio/aac",
    }  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("en", "Recording"), ("ar", "تسجيل")])
def test_a_recording_is_called_so_in_lists_and_search(client, people, language, word):
    add(tone("mp3"), people, title_en="Talk of the bridge", title_ar="حديث الجسر")
    add_video(url="https://www.youtube.com/watch?v=abcdefghijk", by=people["archivist"],
              values={"access": Access.PUBLIC, "title_en": "Bridge film", "title_ar": "فيلم الجسر"})  # fmt: skip
    work_off()

    def page(address: str) -> str:
        return client.get(f"/{language}/{address}").content.decode().partition("<main")[2]

    recordings, videos = page("catalogue/?type=recording"), page("catalogue/?type=video")
    talk, film = ("Talk of", "Bridge film") if language == "en" else ("حديث", "فيلم")
    assert talk in recordings
    assert film not in recordings
    assert film in videos
    assert talk not in videos
    assert talk in page("catalogue/")
    assert word in page(f"search/?q={'talk' if language == 'en' else 'حديث'}")
    client.force_login(people["archivist"])
    alone = page("desk/videos/?show=recordings")
    assert talk in alone
    assert film not in alone
    assert word in alone
