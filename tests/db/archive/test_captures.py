"""Films that others keep are captured: bytes and addresses as evidence, each with its own custody and access."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from archive.actions.add_capture import add_capture
from archive.actions.bring_in import bring_in
from archive.actions.check_video import check_video
from archive.actions.describe_capture import describe_capture
from archive.actions.describe_video import describe_video
from archive.errors import Conflict, Invalid, NotAllowed, Stale
from archive.media import film_bytes, films
from archive.models import AuditDetail, AuditEvent, Capture, Group, Transcript, Video, Work
from archive.outside import Answer
from archive.text.web_archives import kept_copy
from archive.views import shared
from tests.factories_archive import send
from tests.factories_films import COPY, MATROSKA, MP4, WEBM, make_captions, make_video, wacz

pytestmark = pytest.mark.django_db
JULY = datetime(2016, 7, 17, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def by(people):
    return people["archivist"]


@pytest.fixture
def video(by):
    return make_video(by=by)


@pytest.fixture
def capture(video, by):
    arrival = send(MP4, filename="شاهد.mp4", by=by)
    values = {"captured_at": JULY, "captured_by": "Nadia", "tool": "yt-dlp", "note": "before it went"}
    return add_capture(video=video, arrival=arrival, values=values, by=by)


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def gone(video):
    def not_found(question):
        return Answer(question.url, 404, {}, b"Not Found")

    check_video(video_id=video.pk, ask=not_found)
    video.refresh_from_db()


def page(client, video, language="en", **query):
    address = reverse("video", args=[video.public_id])
    return client.get(f"/{language}{address[3:]}", query).content.decode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (MP4, "video/mp4"), (WEBM, "video/webm"), (MATROSKA, "video/x-matroska"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"), (b"\0\0\0\x14ftypM4A \0\0\0\0isom", "audio/mp4"),
        (b"OggS" + bytes(24) + b"\x80theora", "video/ogg"), (b"OggS" + bytes(24) + b"OpusHead", "audio/ogg"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"), (b"\0\0\0\x14ftypavif\0\0\0\0avif", ""), (b"<html>", ""), (b"", ""),
    ],
)  # fmt: skip
def test_film_is_known_by_its_bytes(data, kind):
    assert film_bytes.film_type(data) == kind


@pytest.mark.parametrize(
    ("url", "at"),
    [
        (COPY, JULY), (COPY.replace("120000", "120000if_"), JULY), (f" {COPY} ", JULY),
        ("https://arquivo.pt/wayback/20160717120000/http://example.org/a", JULY),
        (COPY.replace("20160717120000", "2016"), None), (COPY.replace("20160717", "20161332"), None),
        (COPY.replace("web.archive.org", "web.archive.org.example.net"), None),
        ("javascript:alert(1)//web.archive.org/web/20160717120000/https://a.org/", None),
        ("https://example.org/", None), ("", None),
    ],
)  # fmt: skip
def test_address_of_a_kept_copy_names_its_moment(url, at):
    copy = kept_copy(url)

    assert (copy.at if copy else None) == at


def test_file_is_kept_as_it_came_with_its_custody(capture, video, desk):
    assert (capture.kind, capture.media_type, capture.arrival.filename) == ("file", "video/mp4", "شاهد.mp4")
    event = AuditEvent.objects.get(action="capture.added")
    assert event.facts["sha256"] == capture.arrival.stored_file.sha256
    assert event.facts["video"] == video.public_id
    custody = desk.get(reverse("desk_file", args=[capture.arrival.public_id])).content.decode()
    assert reverse("desk_capture", args=[capture.public_id]) in custody
    fetched = desk.get(reverse("arrival", args=[capture.arrival.public_id]))
    assert b"".join(fetched.streaming_content) == MP4


def test_wacz_and_address_are_captures_too(video, by):
    whole = send(wacz("datapackage.json", "archive/data.warc.gz"), filename="page.wacz", by=by)

    recorded = add_capture(video=video, arrival=whole, by=by)
    named = add_capture(video=video, url=COPY, values={"captured_at": timezone.now()}, by=by)

    assert (recorded.kind, recorded.media_type) == ("wacz", "application/wacz")
    assert (named.kind, named.captured_at, named.arrival) == ("address", JULY, None)


def test_what_is_no_capture_is_refused_and_no_capture_stands_twice(video, by, people, capture):
    for data in (b"<html>", wacz("a.txt"), wacz("datapackage.json", "archive/data.warc.gz")[:-30]):
        with pytest.raises(Invalid, match="not_a_capture"):
            add_capture(video=video, arrival=send(data, filename="a.wacz", by=by), by=by)
    with pytest.raises(Invalid, match="not_a_kept_copy"):
        add_capture(video=video, url="https://example.org", by=by)
    with pytest.raises(Invalid, match="capture_missing"):
        add_capture(video=video, by=by)
    with pytest.raises(Conflict, match="capture_known"):
        add_capture(video=video, arrival=send(MP4, filename="again.mp4", by=by), by=by)
    with pytest.raises(NotAllowed):
        add_capture(video=video, url=COPY, by=people["editor"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Capture.objects.create(video=video, kind="address")
    assert Capture.objects.count() == 1


def test_what_is_said_of_a_capture_may_change_and_the_record_keeps_what_was_said(capture, by):
    changed = describe_capture(capture_id=capture.pk, version=1, values={"note": "after"}, by=by)

    assert (changed.version, changed.note) == (2, "after")
    event = AuditEvent.objects.get(action="capture.described")
    assert event.facts["fields"] == ["note"]
    assert json.loads(AuditDetail.objects.get(sequence=event.sequence).words) == {"note": "before it went"}
    with pytest.raises(Stale):
        describe_capture(capture_id=capture.pk, version=1, values={"note": "late"}, by=by)
    with pytest.raises(Invalid, match="groups_missing"):
        describe_capture(capture_id=capture.pk, version=2, values={"access": "restricted"}, by=by)
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(Invalid, match="captured_later"):
        describe_capture(capture_id=capture.pk, version=2, values={"captured_at": tomorrow}, by=by)


@pytest.mark.parametrize(
    ("film", "own", "seen_by"),
    [
        ("public", "as_video", {"anonymous", "member", "insider", "editor"}), ("public", "members", {"member", "insider", "editor"}),
        ("public", "restricted", {"insider", "editor"}), ("public", "draft", {"editor"}),
        ("draft", "as_video", {"editor"}), ("members", "as_video", {"member", "insider", "editor"}),
    ],
)  # fmt: skip
def test_capture_is_never_for_more_than_its_film_and_may_be_for_fewer(
    capture, video, by, people, client, film, own, seen_by
):
    group = Group.objects.create(name="الداخل")
    people["scholar"].groups.add(group)
    describe_video(video_id=video.pk, version=None, values={"access": film}, by=by)
    values = {"access": own, "groups": [group]} if own == "restricted" else {"access": own}
    describe_capture(capture_id=capture.pk, version=None, values=values, by=by)
    seen = set()
    for name, user in {
        "anonymous": None, "member": people["member"], "insider": people["scholar"], "editor": people["editor"],
    }.items():  # fmt: skip
        client.logout()
        if user:
            client.force_login(user)
        answer = client.get(reverse("capture", args=[capture.public_id]))
        assert answer.status_code in (200, 404)
        seen |= {name} if answer.status_code == 200 else set()

    assert seen == seen_by


def test_capture_is_served_in_parts_as_a_film_under_no_name_of_its_sender(capture, client):
    address = reverse("capture", args=[capture.public_id])

    whole = client.get(address)
    part = client.get(address, headers={"Range": "bytes=8-11"})
    beyond = client.get(address, headers={"Range": "bytes=99999-"})
    head = client.head(address)

    assert b"".join(whole.streaming_content) == MP4
    assert whole.headers["Content-Type"] == head.headers["Content-Type"] == "video/mp4"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert f"{capture.public_id}.mp4" in whole.headers["Content-Disposition"]
    assert whole.headers["Content-Disposition"].startswith("inline")
    assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes 8-11/{len(MP4)}")
    assert b"".join(part.streaming_content) == b"isom"
    assert beyond.status_code == 416
    assert client.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_nginx_sends_the_bytes_of_a_capture(capture, client, settings):
    settings.SEND_FILES = "nginx"

    answer = client.get(reverse("capture", args=[capture.public_id]))

    assert answer.headers["X-Accel-Redirect"].endswith(capture.arrival.stored_file.sha256)
    assert answer.headers["Content-Type"] == "video/mp4"


def test_what_browsers_do_not_play_is_saved_not_shown(video, by, client):
    other = add_capture(video=video, arrival=send(MATROSKA, filename="a.mkv", by=by), by=by)

    answer = client.get(reverse("capture", args=[other.public_id]))

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_page_of_a_film_offers_its_provider_and_the_kept_copy_besides(capture, video, client):
    shown = page(client, video)

    assert "data-embed=" in shown
    assert "<details" in shown
    assert reverse("capture", args=[capture.public_id]) in shown
    for secret in ("Nadia", "yt-dlp", "before it went", "شاهد"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "kept by the archive, captured on"), ("ar", "نسخة يحفظها الأرشيف، التُقطت في")],
)
def test_page_of_a_film_that_is_gone_plays_what_the_archive_keeps(capture, video, client, language, words):
    page(client, video, language)
    gone(video)

    shown = page(client, video, language)

    assert "data-embed=" not in shown
    assert f'src="{reverse("capture", args=[capture.public_id])}"' in shown
    assert words in shown


def test_film_whose_provider_cannot_be_reached_plays_from_the_archive_until_it_can(capture, video, client):
    def answering(status, body=b"{}"):
        return lambda question: Answer(question.url, status, {}, body)

    page(client, video)
    check_video(video_id=video.pk, ask=answering(500))
    assert "data-embed=" not in page(client, video)
    check_video(video_id=video.pk, ask=answering(200, b'{"title": "Bridge"}'))

    assert "data-embed=" in page(client, video)


def test_capture_that_is_not_public_changes_no_letter_of_a_public_page(video, by, client):
    gone(video)
    before = page(client, video)
    add_capture(video=video, arrival=send(MP4, filename="a.mp4", by=by), values={"access": "draft"}, by=by)
    add_capture(video=video, url=COPY, values={"access": "members"}, by=by)

    assert page(client, video) == before


def test_worklist_names_films_that_were_never_captured(capture, by, desk, django_assert_max_num_queries):
    other = make_video(external_id="zzzzzzzzzzz", title_en="Never kept", title_ar="", by=by)

    assert films.board(Video.objects.all())["never_captured"] == 1
    with django_assert_max_num_queries(20):
        shown = desk.get(reverse("desk_videos"), {"show": "never_captured"}).content.decode()
    assert reverse("desk_video", args=[other.public_id]) in shown
    assert reverse("desk_video", args=[capture.video.public_id]) not in shown


def test_archivist_keeps_a_file_an_address_and_what_came_with_a_deposit(desk, video, by):
    address = reverse("desk_captures", args=[video.public_id])
    sent = {"access": "as_video", "captured_by": "Nadia"}

    film = SimpleUploadedFile("film.mp4", MP4)
    answers = [
        desk.post(address, sent | {"file": film, "captured_at": "2016-07-17T12:00"}),
        desk.post(address, sent | {"url": COPY}),
        desk.post(address, sent | {"arrival": send(WEBM, filename="big.webm", by=by).public_id}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert list(video.captures.order_by("pk").values_list("kind", flat=True)) == ["file", "address", "file"]
    shown = desk.get(address).content.decode()
    for capture in video.captures.all():
        assert reverse("desk_capture", args=[capture.public_id]) in shown


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422), ({"url": "https://example.org/"}, 422), ({"url": COPY, "access": "nobody"}, 422),
        ({"url": COPY, "access": "restricted"}, 422), ({"url": COPY, "captured_at": "yesterday"}, 422),
    ],
)  # fmt: skip
def test_form_says_what_is_wrong_and_keeps_what_was_typed(desk, video, sent, status):
    body = {"access": "as_video", "note": "typed words", **sent}

    answer = desk.post(reverse("desk_captures", args=[video.public_id]), body)

    assert answer.status_code == status
    assert "typed words" in answer.content.decode()
    assert not Capture.objects.exists()


def test_stale_description_shows_both_and_keeps_the_words(desk, capture, by):
    describe_capture(capture_id=capture.pk, version=1, values={"note": "theirs"}, by=by)
    address = reverse("desk_capture", args=[capture.public_id])
    body = {"access": "as_video", "note": "mine", "version": "1"}

    answer = desk.post(address, body)

    assert answer.status_code == 412
    assert {"theirs", "mine"} <= set(answer.content.decode().replace("<", " ").replace(">", " ").split())
    assert desk.post(address, body | {"version": "2"}).status_code == 302
    assert desk.get(address).status_code == 200


def test_api_keeps_captures_and_tells_their_custody_to_keepers_alone(client, people, video, by):
    client.force_login(by)
    made = client.post(
        "/api/captures/", {"video": video.public_id, "url": COPY, "note": "n"}, "application/json"
    )
    film = client.post(
        "/api/captures/", {"video": video.public_id, "file": SimpleUploadedFile("a.mp4", MP4), "tool": "t"}
    )
    assert (made.status_code, film.status_code) == (201, 201)
    ident = film.json()["id"]
    assert film.json()["custody"]["filename"] == "a.mp4"

    patch = {"path": f"/api/captures/{ident}/", "data": {"note": "new"}, "content_type": "application/json"}
    assert client.patch(**patch).status_code == 428
    assert client.patch(**patch, headers={"If-Match": '"9"'}).status_code == 412
    changed = client.patch(**patch, headers={"If-Match": film.headers["ETag"]})
    assert (changed.status_code, changed.json()["custody"]["note"]) == (200, "new")
    assert client.post("/api/captures/", {"video": video.public_id}, "application/json").status_code == 422

    client.logout()
    told = client.get("/api/captures/", {"video": video.public_id}).json()["results"]
    assert [one["custody"] for one in told] == [None, None]
    assert client.post("/api/captures/", {}, "application/json").status_code == 401


def test_captures_and_texts_of_films_are_taken_out_and_brought_in_again(video, by, people, tmp_path):
    def export(name):
        work = Work.objects.get()
        call_command("export_work", work.slug, "--to", str(tmp_path / name))
        return (tmp_path / name / "data" / "catalogue.jsonl").read_text()

    def undated(catalogue):
        lines = [json.loads(line) for line in catalogue.splitlines()]
        return [
            {key: value for key, value in line.items() if key not in ("entered", "arrived", "accepted")}
            for line in lines
        ]

    point = transaction.savepoint()
    group = Group.objects.create(name="القرّاء")
    values = {"captured_at": JULY, "note": "n", "access": "restricted", "groups": [group]}
    add_capture(video=video, arrival=send(MP4, filename="a.mp4", by=by), values=values, by=by)
    add_capture(video=video, url=COPY, by=by)
    make_captions(video=video, by=by)
    before = export("before")
    transaction.savepoint_rollback(point)

    bring_in(path=tmp_path / "before", by=people["administrator"])

    assert undated(export("again")) == undated(before)
    assert [line["is"] for line in undated(before)].count("capture") == 2
    assert Transcript.objects.get().video.captures.exclude(arrival=None).get().groups.get().name == group.name
