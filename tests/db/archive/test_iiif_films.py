"""Manifests of films and recordings: as long as the copy that is played, with its words, and nothing that is hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from archive.actions.add_capture import add_capture
from archive.actions.describe_video import describe_video
from archive.enums import Access, CaptureAccess
from archive.models import Capture, Collection, Video, VideoCheck, Work
from archive.views.shared import forget
from tests.db.archive.test_recordings import add
from tests.factories_archive import send
from tests.factories_editions import stored
from tests.factories_films import MP4, make_captions, make_video
from tests.factories_sound import tone

pytestmark = pytest.mark.django_db
RIGHTS = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture
def recording(people) -> Video:
    return add(tone("mp3"), people, rights_uri=RIGHTS, description_en="A talk by the bridge.")


@pytest.fixture
def film(people) -> Video:
    by = people["archivist"]
    video = make_video(by=by, access=Access.PUBLIC, duration=12.5)
    add_capture(video=video, arrival=send(MP4, filename="film.mp4", by=by), by=by)
    return video


def manifest(client, video: Video, **headers) -> Any:
    forget()
    return client.get(reverse("iiif_film_manifest", args=[video.public_id]), headers=headers)


def path_of(address: str) -> str:
    assert address.startswith("http://localhost:8000/")
    return address.removeprefix("http://localhost:8000")


def follows_presentation_3(said: dict[str, Any]) -> None:
    """Assert what the specification demands of a manifest of sound or film (sections 3 and 5)."""
    assert said["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert said["type"] == "Manifest"
    assert all(isinstance(words, list) for words in said["label"].values())
    for shown in said["homepage"]:
        assert {"id", "type", "label"} <= set(shown)
    (canvas,) = said["items"]
    assert canvas["type"] == "Canvas"
    assert "#" not in canvas["id"]
    assert canvas["duration"] > 0
    (page,) = canvas["items"]
    assert page["type"] == "AnnotationPage"
    (painting,) = page["items"]
    assert (painting["type"], painting["motivation"]) == ("Annotation", "painting")
    assert painting["target"] == canvas["id"]
    assert painting["body"]["type"] in ("Sound", "Video")
    assert painting["body"]["duration"] == canvas["duration"]
    for words in canvas.get("annotations", ()):
        assert words["type"] == "AnnotationPage"
        for one in words["items"]:
            assert (one["motivation"], one["target"]) == ("supplementing", canvas["id"])
            assert (one["body"]["type"], one["body"]["format"]) == ("Text", "text/vtt")
    every = [
        said["id"],
        canvas["id"],
        page["id"],
        painting["id"],
        *(one["id"] for one in canvas.get("annotations", ())),
    ]
    assert len(set(every)) == len(every)


def test_a_recording_is_a_canvas_as_long_as_its_sound(client, recording):
    answer = manifest(client, recording)
    said = answer.json()

    follows_presentation_3(said)
    body = said["items"][0]["items"][0]["items"][0]["body"]
    assert (body["type"], body["format"]) == ("Sound", "audio/mpeg")
    assert body["duration"] == pytest.approx(1, abs=0.05)
    played = client.get(path_of(body["id"]))
    assert played.headers["Content-Type"] == "audio/mpeg"
    assert played.headers["Cross-Origin-Resource-Policy"] == "cross-origin", "other sites may play it"
    assert said["label"] == {"ar": ["حديث"], "en": ["Talk"]}
    assert said["rights"] == RIGHTS
    assert said["homepage"][0]["id"].endswith(f"/ar/videos/{recording.public_id}/")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_film_plays_the_archive_s_copy(client, film):
    body = manifest(client, film).json()["items"][0]["items"][0]["items"][0]["body"]

    assert (body["type"], body["format"], body["duration"]) == ("Video", "video/mp4", 12.5)
    assert path_of(body["id"]) == reverse("capture", args=[Capture.objects.get().public_id])


def test_its_words_supplement_it_as_captions(client, recording, people):
    make_captions(video=recording, access=Access.PUBLIC, by=people["archivist"])

    said = manifest(client, recording).json()

    follows_presentation_3(said)
    (one,) = said["items"][0]["annotations"][0]["items"]
    answer = client.get(path_of(one["body"]["id"]))
    assert answer.content.startswith(b"WEBVTT")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert one["body"]["language"] == "ar"
    assert one["body"]["label"]["en"] == ["Captions"]


def test_words_that_are_hidden_are_not_named(client, recording, people):
    make_captions(video=recording, access=Access.PUBLIC, by=people["archivist"])
    Work.objects.update(access=Access.DRAFT)

    assert "annotations" not in manifest(client, recording).json()["items"][0]

    client.force_login(people["archivist"])
    answer = manifest(client, recording)
    assert "annotations" in answer.json()["items"][0]
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("access", [Access.DRAFT, Access.MEMBERS])
def test_what_is_not_public_is_not_there(client, recording, people, access):
    nothing = client.get("/iiif/presentation/3/videos/0000000000000000/manifest")
    Video.objects.update(access=access)

    hidden = manifest(client, recording)

    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content == nothing.content
    client.force_login(people["archivist"])
    assert manifest(client, recording).status_code == 200


def test_a_copy_that_is_not_public_makes_no_manifest(client, film, people):
    Capture.objects.update(access=CaptureAccess.DRAFT)

    assert manifest(client, film).status_code == 404
    page = client.get(f"/en/videos/{film.public_id}/").content.decode()
    assert "iiif" not in page.partition("<main")[2]
    client.force_login(people["archivist"])
    assert manifest(client, film).status_code == 200


def test_a_film_of_unknown_length_has_none(client, film, people):
    describe_video(video_id=film.pk, version=None, values={"duration": None}, by=people["archivist"])

    assert manifest(client, film).status_code == 404


def test_the_small_picture_is_shown_unless_readers_are_warned(client, film):
    VideoCheck.objects.create(video=film, outcome="there", thumbnail=stored(b"picture", "image/webp"))
    shown = manifest(client, film).json()
    Video.objects.update(warnings=["violence"])

    assert shown["thumbnail"][0]["id"].endswith(reverse("video_picture", args=[film.public_id]))
    assert "thumbnail" not in manifest(client, film).json()


def test_the_page_names_its_manifest(client, recording):
    html = client.get(f"/en/videos/{recording.public_id}/").content.decode()

    assert f'href="/iiif/presentation/3/videos/{recording.public_id}/manifest"' in html


def test_collections_name_the_films_and_recordings_that_can_be_opened(client, recording, film, people):
    shelf = Collection.objects.create(slug="talks", title_en="Talks", access=Access.PUBLIC)
    Video.objects.update(collection=shelf)
    make_video(
        external_id="nocopykept0", by=people["archivist"], access=Access.PUBLIC, duration=3, collection=shelf
    )
    address = reverse("iiif_collection", args=[shelf.public_id])

    items = client.get(address).json()["items"]

    assert [item["type"] for item in items] == ["Manifest", "Manifest"]
    assert {item["id"].split("/")[-2] for item in items} == {recording.public_id, film.public_id}
    for item in items:
        assert client.get(path_of(item["id"])).json()["id"] == item["id"]


def test_a_collection_asks_no_more_for_more_films(client, film, people, django_assert_max_num_queries):
    shelf = Collection.objects.create(slug="talks", title_en="Talks", access=Access.PUBLIC)
    Video.objects.update(collection=shelf)
    address = reverse("iiif_collection", args=[shelf.public_id])
    client.get(address)
    with django_assert_max_num_queries(100) as few:
        client.get(address)
    by = people["archivist"]
    for number in range(5):
        more = make_video(
            external_id=f"film{number:07}", by=by, access=Access.PUBLIC, duration=3, collection=shelf
        )
        add_capture(video=more, arrival=send(MP4 + bytes([number]), filename="film.mp4", by=by), by=by)

    with django_assert_max_num_queries(len(few)):
        assert len(client.get(address).json()["items"]) == 6
