"""Texts and releases play a film that is lost from the archive's own public copy, and from nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.models import Capture, Video
from archive.views import shared
from tests.factories_archive import make_revision, send
from tests.factories_editions import make_desk
from tests.factories_films import MP4, make_video

pytestmark = pytest.mark.django_db
TEXT = "# القنطرة\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n"


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def by(people):
    return people["archivist"]


@pytest.fixture
def desk(people):
    return make_desk(people)


def keep(video, access="as_video", *, by):
    arrival = send(MP4 + access.encode(), filename="a.mp4", by=by)
    return Capture.objects.create(
        video=video, kind="file", arrival=arrival, media_type="video/mp4", access=access
    )


def lose(video):
    Video.objects.filter(pk=video.pk).update(state="gone", last_outcome="gone")
    shared.forget()


def test_text_plays_a_lost_film_from_the_public_copy(client, by):
    video = make_video(by=by)
    address = make_revision(TEXT, access="public", by=by).text.work.get_absolute_url()
    kept = keep(video, by=by)
    assert "data-capture" not in client.get(address).content.decode()

    lose(video)

    shown = client.get(address).content.decode()
    assert f'data-capture="{reverse("capture", args=[kept.public_id])}"' in shown
    assert "data-embed" not in shown


def test_text_says_nothing_of_a_copy_that_is_not_public(client, by):
    video = make_video(by=by)
    address = make_revision(TEXT, access="public", by=by).text.work.get_absolute_url()
    lose(video)
    before = client.get(address).content

    for access in ("draft", "members", "restricted"):
        keep(video, access, by=by)
        shared.forget()

    assert client.get(address).content == before


def test_release_plays_what_was_lost_since_it_was_sealed(client, desk):
    release = desk.release()
    address = reverse("release", args=[desk.edition.slug, release.number])
    kept = keep(desk.video, by=desk.people["archivist"])
    assert "data-capture" not in client.get(address).content.decode()

    lose(desk.video)

    assert (
        f'data-capture="{reverse("capture", args=[kept.public_id])}"' in client.get(address).content.decode()
    )


def test_a_member_is_led_to_a_copy_for_members_from_the_page_that_everybody_shares(client, people, by):
    video = make_video(by=by)
    kept = keep(video, "members", by=by)
    page, door = reverse("video", args=[video.public_id]), reverse("video_doors", args=[video.public_id])
    copy = reverse("capture", args=[kept.public_id])
    client.force_login(people["scholar"])
    assert copy not in client.get(door).content.decode(), "it is still at its provider"

    lose(video)

    assert copy in client.get(door).content.decode()
    assert client.get(copy).status_code == 200
    shared_page = client.get(page).content
    client.logout()
    assert copy not in client.get(door).content.decode()
    assert client.get(page).content == shared_page
    assert copy.encode() not in shared_page
