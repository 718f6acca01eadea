"""Linked films are looked at in time, by what their providers say; pages never ask."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pixels

from archive.actions.accept_film import accept_film
from archive.actions.check_video import check_video
from archive.actions.run_job import run_job
from archive.actions.watch_videos import FEW, due, plan_check, plan_videos, watch_videos
from archive.enums import Access
from archive.errors import Conflict, Invalid, NotAllowed
from archive.media import paths
from archive.models import AuditEvent, Job, Notice, StoredFile, Video, VideoCheck
from archive.outside import Answer, OutsideError, fetch
from archive.outside.addresses import one_loopback_port
from archive.views import shared
from tests.hostile import answer, serving

pytestmark = pytest.mark.django_db
MP4 = b"\0\0\0\x20ftypisom" + bytes(2000)


class Provider:
    """Answers in place of the network, and remembers what it was asked."""

    def __init__(self, *answers: object) -> None:
        self.answers, self.asked = list(answers), []

    def __call__(self, question):
        self.asked.append(question.url)
        told = self.answers.pop(0)
        if isinstance(told, Exception):
            raise told
        status, body = told
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Answer(question.url, status, {}, raw)


def oembed(title="Bridge", **more):
    return 200, {"title": title, "author_name": "A house", **more}


def picture() -> bytes:
    target = io.BytesIO()
    Pixels.new("RGB", (900, 500), "navy").save(target, "JPEG", comment=b"planted-marker")
    return target.getvalue()


@pytest.fixture
def video(people):
    return Video.objects.create(
        provider="youtube", external_id="abcdefghijk", url="https://www.youtube.com/watch?v=abcdefghijk",
        created_by=people["archivist"], access=Access.PUBLIC,
    )  # fmt: skip


@pytest.fixture
def network(settings):
    settings.OUTSIDE_NETWORK = True


def check(video, *answers):
    return check_video(video_id=video.pk, ask=Provider(*answers))


def test_film_that_is_there_is_recorded_with_what_it_is_called(video):
    found = check(video, oembed())

    video.refresh_from_db()
    assert (found.outcome, found.title, found.channel, found.status) == ("there", "Bridge", "A house", 200)
    assert (video.state, video.last_outcome) == ("live", "there")
    assert video.last_checked_at is not None
    assert video.version == 1


def test_film_that_is_gone_is_told_to_the_archivists_once(video, people):
    check(video, oembed())
    for _ in range(2):
        check(video, (404, b"Not Found"))

    video.refresh_from_db()
    assert (video.state, video.last_outcome) == ("gone", "gone")
    assert list(Notice.objects.values_list("code", "user")) == [("video_gone", people["archivist"].pk)]
    events = AuditEvent.objects.filter(action="video.checked").order_by("sequence")
    assert [event.facts["outcome"] for event in events] == ["there", "gone"]


def test_film_of_another_title_is_changed_until_a_person_accepts_it(video, people):
    check(video, oembed())
    for _ in range(2):
        changed = check(video, oembed("Something else"))
        assert (changed.outcome, changed.differing) == ("changed", "title")

    with pytest.raises(Conflict):
        accept_film(video_id=video.pk, check_id=changed.pk - 1, by=people["archivist"])
    with pytest.raises(NotAllowed):
        accept_film(video_id=video.pk, check_id=changed.pk, by=people["scholar"])
    accepted = accept_film(video_id=video.pk, check_id=changed.pk, by=people["archivist"])

    assert (accepted.outcome, accepted.reason, accepted.checked_by) == (
        "there",
        "accepted",
        people["archivist"],
    )
    assert check(video, oembed("Something else")).outcome == "there"
    assert check(video, oembed()).outcome == "changed"


@pytest.mark.parametrize(
    "told", [(500, b""), (403, b""), (200, b"<html>"), OutsideError("too_slow"), OutsideError("name_unknown")]
)
def test_film_that_could_not_be_looked_at_stays_what_it_was(video, told):
    check(video, oembed())

    found = check(video, told)

    video.refresh_from_db()
    assert found.outcome == "could_not_check"
    assert found.reason
    assert (video.state, video.last_outcome) == ("live", "could_not_check")


def test_provider_that_tells_nobody_is_not_asked(video):
    Video.objects.filter(pk=video.pk).update(provider="facebook", external_id="1234567890")
    provider = Provider()

    found = check_video(video_id=video.pk, ask=provider)

    assert (found.outcome, found.reason, provider.asked) == ("could_not_check", "provider_silent", [])


def test_while_the_network_is_off_nothing_is_recorded_and_nothing_promised(video, people):
    with pytest.raises(OutsideError, match="network_off"):
        check_video(video_id=video.pk)
    with pytest.raises(Invalid, match="network_off"):
        plan_check(video=video, by=people["archivist"])

    assert plan_videos() is None
    assert not VideoCheck.objects.exists()
    assert not Job.objects.exists()


def test_picture_is_kept_as_fresh_pixels_and_fetched_once(video):
    provider = Provider(
        oembed(thumbnail_url="https://i.example/a.jpg"),
        (200, picture()),
        oembed(thumbnail_url="https://i.example/a.jpg"),
    )

    first = check_video(video_id=video.pk, ask=provider)
    second = check_video(video_id=video.pk, ask=provider)

    assert provider.answers == []
    assert first.thumbnail is not None
    assert second.thumbnail == first.thumbnail
    kept = paths.of_sha256(first.thumbnail.sha256).read_bytes()
    assert b"planted-marker" not in kept
    with Pixels.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("WEBP", (640, 356))


@pytest.mark.parametrize(
    "told", [(200, b"no picture"), (404, b""), OutsideError("address_not_public"), (200, b"<svg/>")]
)
def test_picture_that_does_not_come_is_no_reason_to_doubt_the_film(video, told):
    found = check(video, oembed(thumbnail_url="http://127.0.0.1/a.jpg"), told)

    assert (found.outcome, found.thumbnail) == ("there", None)
    assert not StoredFile.objects.exists()


def test_film_that_is_a_file_is_checked_over_the_network_to_the_end(video, network):
    with serving(film=answer(MP4, "Content-Type: video/mp4")) as server, one_loopback_port(server.port):
        Video.objects.filter(pk=video.pk).update(provider="file", external_id="x", url=server.url("/film"))

        found = check_video(video_id=video.pk)

    assert (found.outcome, found.size) == ("there", len(MP4))
    assert len(server.requests) == 1


def test_check_is_a_fact(video):
    found = check(video, oembed())

    with pytest.raises(IntegrityError), transaction.atomic():
        VideoCheck.objects.filter(pk=found.pk).update(outcome="gone")
    with pytest.raises(IntegrityError), transaction.atomic():
        VideoCheck.objects.filter(pk=found.pk)._raw_delete("default")


# --- The schedule -----------------------------------------------------------------------------------


def many(count: int, **fields: object) -> list[Video]:
    return Video.objects.bulk_create(
        Video(
            provider="facebook", external_id=f"{number}", url=f"https://www.facebook.com/{number}", **fields
        )
        for number in range(count)
    )


def test_those_longest_unseen_come_first(video):
    now = timezone.now()
    rows = many(5)
    for row, (days, outcome) in zip(
        rows, [(20, "there"), (3, "there"), (30, "gone"), (2, "could_not_check"), (0.5, "could_not_check")],
        strict=True,
    ):  # fmt: skip
        Video.objects.filter(pk=row.pk).update(
            last_checked_at=now - timedelta(days=days), last_outcome=outcome
        )

    assert [each.external_id for each in due()] == ["abcdefghijk", "2", "0", "3"]


def test_stretch_takes_a_few_and_the_next_goes_on(people):
    many(FEW + 3)

    assert watch_videos()["could_not_check"] == FEW
    assert watch_videos()["could_not_check"] == 3
    assert not due().exists()


def test_stretch_is_promised_once(video, network):
    first = plan_videos()

    assert first is not None
    assert plan_videos() is None
    assert Job.objects.count() == 1


def test_job_asks_and_records(video, network, people):
    with serving(film=answer(b"", status="404 Not Found")) as server, one_loopback_port(server.port):
        Video.objects.filter(pk=video.pk).update(provider="file", external_id="x", url=server.url("/film"))
        video.refresh_from_db()
        job = plan_check(video=video, by=people["archivist"])

        assert run_job(job.pk) == "done"

    found = VideoCheck.objects.get()
    assert (found.outcome, found.checked_by) == ("gone", people["archivist"])


def test_beat_names_the_task():
    from config.celery import app

    task = app.conf.beat_schedule["watch-videos"]["task"]
    app.loader.import_default_modules()
    assert task in app.tasks


# --- The desk ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "gone", "off"), [("en", "Gone", "the network is off"), ("ar", "مفقود", "الشبكة مطفأة")]
)
def test_worklists_have_counts_and_say_that_the_network_is_off(desk, video, language, gone, off):
    check(video, (404, b""))
    many(2)
    address = reverse("desk_videos").replace("/ar/", f"/{language}/").replace("/en/", f"/{language}/")

    page = desk.get(address, {"show": "gone"}).content.decode()

    assert gone in page
    assert off in page
    assert "abcdefghijk" in page
    assert "facebook.com/1" not in page
    assert desk.get(address, {"show": "nonsense"}).status_code == 200


def test_list_asks_the_database_no_more_for_more_films(desk):
    many(3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(reverse("desk_videos"))
    Video.objects.all().delete()
    many(25)
    with CaptureQueriesContext(connection) as more:
        desk.get(reverse("desk_videos"))

    assert len(more) <= len(few)


@pytest.mark.parametrize(("language", "words"), [("en", "Other than before"), ("ar", "غير ما كان")])
def test_page_of_checks_tells_what_was_found(desk, video, language, words):
    check(
        video,
        oembed(),
    )
    check(video, oembed("<script>alert(1)</script>"))
    address = reverse("desk_video_checks", args=[video.public_id])
    address = address.replace("/ar/", f"/{language}/").replace("/en/", f"/{language}/")

    page = desk.get(address).content.decode()

    assert words in page
    assert "Bridge" in page
    assert "<script>alert" not in page
    assert desk.get(reverse("desk_video", args=[video.public_id])).status_code == 200


def test_check_now_promises_and_the_page_itself_asks_nobody(desk, video, network):
    with serving() as server, one_loopback_port(server.port):
        Video.objects.filter(pk=video.pk).update(provider="file", url=server.url("/film"))
        answered = desk.post(reverse("check_video", args=[video.public_id]))
        for name in ("desk_video", "desk_video_checks"):
            assert desk.get(reverse(name, args=[video.public_id])).status_code == 200
        assert desk.get(video.get_absolute_url()).status_code == 200

    assert answered.status_code == 302
    assert server.requests == []
    assert Job.objects.get().kind == "check_video"


def test_check_now_says_that_the_network_is_off(desk, video):
    page = desk.post(reverse("check_video", args=[video.public_id]), follow=True).content.decode()

    assert "OUTSIDE_NETWORK" in page
    assert not Job.objects.exists()


def test_changed_film_is_accepted_on_its_page(desk, video):
    check(video, oembed())
    changed = check(video, oembed("Other"))
    address = reverse("accept_film", args=[video.public_id])

    for wrong in ("", "x", "9" * 30, "-1"):
        desk.post(address, {"check": wrong})
        assert Video.objects.get().last_outcome == "changed"
    desk.post(address, {"check": changed.pk})

    assert Video.objects.get().last_outcome == "there"


@pytest.mark.parametrize("name", ["check_video", "accept_film"])
def test_scholars_check_nothing(client, people, video, name):
    client.force_login(people["scholar"])

    assert client.post(reverse(name, args=[video.public_id])).status_code == 403


def test_front_of_the_desk_counts_what_is_gone_or_changed(desk, video):
    check(video, (404, b""))

    page = desk.get(reverse("desk")).content.decode()

    assert ">1<" in page
    assert "desk/videos/" in page


def test_picture_is_served_to_those_who_may_see_the_film(client, desk, video):
    check(video, oembed(thumbnail_url="https://i.example/a.jpg"), (200, picture()))
    address = reverse("video_picture", args=[video.public_id])
    client.logout()

    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert client.get(address, headers={"Range": "bytes=0-3"}).status_code == 206

    Video.objects.filter(pk=video.pk).update(access=Access.DRAFT)
    assert client.get(address).status_code == 404


def test_readers_are_told_that_a_film_is_gone(client, video, monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1)
    check(video, oembed())
    assert "data-embed" in client.get(video.get_absolute_url()).content.decode()

    check(video, (404, b""))

    assert "data-embed" not in client.get(video.get_absolute_url()).content.decode()


def test_fetch_is_what_asks_when_nobody_says_otherwise():
    assert check_video.__kwdefaults__["ask"] is fetch
