"""Texts are tied to the films whose words they hold, and each is found beside the other."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from archive.actions.describe_work import describe_work
from archive.actions.read_again import read_again
from archive.actions.start_import import start_import
from archive.actions.tie_text import tie_text
from archive.actions.untie_text import untie_text
from archive.errors import Invalid, NotAllowed, Stale
from archive.models import AuditEvent, Capture, ImportRun, Transcript
from archive.presenters.films import address_at
from archive.presenters.webvtt import webvtt
from archive.views import shared
from tests.factories_archive import make_revision, send
from tests.factories_films import MP4, VTT, make_captions, make_video

pytestmark = pytest.mark.django_db


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
def tie(video, by):
    make_captions(video=video, by=by)
    return Transcript.objects.select_related("text__work").get()


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def lose(video, *, by):
    """Let the film be gone, with a capture kept."""
    arrival = send(MP4, filename="a.mp4", by=by)
    Capture.objects.create(video=video, kind="file", arrival=arrival, media_type="video/mp4")
    type(video).objects.filter(pk=video.pk).update(state="gone", last_outcome="gone")


def page(client, address, language="en", **query):
    return client.get(f"/{language}{address[3:]}", query).content.decode()


@pytest.mark.parametrize(
    ("provider", "url", "address"),
    [
        ("youtube", "https://www.youtube.com/watch?v=a&t=3", "https://www.youtube.com/watch?v=a&t=65"),
        ("vimeo", "https://vimeo.com/1", "https://vimeo.com/1#t=65s"),
        ("peertube", "https://tube.example/w/x", "https://tube.example/w/x?start=65"),
        ("file", "https://example.org/a.mp4", "https://example.org/a.mp4#t=65"),
        ("facebook", "https://www.facebook.com/watch/?v=1", "https://www.facebook.com/watch/?v=1"),
    ],
)
def test_address_of_a_film_begins_at_a_second(provider, url, address):
    assert address_at(provider, url, 65) == address
    assert address_at(provider, url, 0) == url


def test_captions_that_are_sent_in_for_a_film_are_tied_when_they_are_accepted(tie, video):
    assert (tie.video, tie.kind, tie.text.language) == (video, "captions", "ar")
    assert AuditEvent.objects.get(action="transcript.tied").facts["text"] == tie.text.public_id


def test_public_page_shows_the_words_beside_the_film_with_times_that_lead_into_it(tie, video, client):
    shown = page(client, video.get_absolute_url())

    assert "ثم مشينا إليه" in shown
    assert "نادية" in shown
    assert 'href="https://www.youtube.com/watch?v=abcdefghijk&amp;t=3605"' in shown
    assert "1:00:05" in shown
    assert tie.text.work.get_absolute_url()[3:] in shown
    assert "<track" not in shown


def test_times_lead_into_the_copy_of_the_archive_when_the_film_is_gone(tie, video, client, by):
    lose(video, by=by)

    shown = page(client, video.get_absolute_url())
    later = page(client, video.get_absolute_url(), t="3605")

    assert f'href="?text={tie.text.public_id}&amp;t=3605#film"' in shown
    assert f'src="{reverse("captions", args=[tie.public_id])}"' in shown
    assert 'data-from="1000"' in shown
    assert '#t=3605"' in later


def test_captions_are_webvtt_of_the_current_words(tie, client):
    answer = client.get(reverse("captions", args=[tie.public_id]))

    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert text.startswith(
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\n<v نادية>كان النهر &lt;قريبًا&gt; &amp; عذبًا\n"
    )
    assert "01:00:05.000 --> 01:00:08.250\nثم مشينا إليه\n" in text
    again = client.get(
        reverse("captions", args=[tie.public_id]), headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("words", "attrs", "cue"),
    [
        ("a\n\n\u2028b", {}, "a\nb"), ("x --> y", {}, "x --&gt; y"),
        ("x", {"speaker": "N <b>\nM"}, "<v N &lt;b&gt; M>x"),
    ],
)  # fmt: skip
def test_no_words_break_out_of_their_cue(words, attrs, cue):
    block = {"start": 0, "end": len(words), "attrs": {"from_ms": 0, "to_ms": 0, **attrs}}

    assert webvtt(words, [block]) == f"WEBVTT\n\n00:00:00.000 --> 00:00:00.001\n{cue}\n"


def test_page_of_the_text_leads_back_to_its_film(tie, video, client):
    shown = page(client, tie.text.work.get_absolute_url())

    assert video.get_absolute_url()[3:] in shown


@pytest.mark.parametrize("hidden", ["text", "film"])
def test_tie_to_what_may_not_be_seen_changes_no_letter(video, client, by, hidden):
    text = make_captions(video=None, access="draft" if hidden == "text" else "public", by=by).text
    film = make_video(external_id="zzzzzzzzzzz", access="draft", by=by) if hidden == "film" else video
    addresses = [video.get_absolute_url(), text.work.get_absolute_url()]
    before = [client.get(address).content for address in addresses]

    tie = tie_text(video=film, text=text, kind="captions", by=by)

    assert [client.get(address).content for address in addresses] == before
    assert client.get(reverse("captions", args=[tie.public_id])).status_code == 404


def test_any_text_may_be_tied_and_untied_again_and_both_stay(video, by, people, client):
    text = make_revision(access="public", by=by).text
    with pytest.raises(NotAllowed):
        tie_text(video=video, text=text, kind="transcript", by=people["editor"])
    with pytest.raises(Invalid, match="unknown_transcript_kind"):
        tie_text(video=video, text=text, kind="poem", by=by)

    tie = tie_text(video=video, text=text, kind="transcript", by=by)

    assert tie_text(video=video, text=text, kind="transcript", by=by) == tie
    assert "بُني الجسر" in page(client, video.get_absolute_url())
    assert client.get(reverse("captions", args=[tie.public_id])).status_code == 404
    with pytest.raises(Stale):
        untie_text(tie_id=tie.pk, version=7, by=by)
    untie_text(tie_id=tie.pk, version=1, by=by)
    assert "بُني الجسر" not in page(client, video.get_absolute_url())
    facts = AuditEvent.objects.get(action="transcript.untied").facts
    assert (facts["video"], facts["text"]) == (video.public_id, text.public_id)


def test_reader_chooses_among_the_texts_of_a_film(tie, video, client, by):
    shared.forget()
    with CaptureQueriesContext(connection) as with_one:
        page(client, video.get_absolute_url())
    english = make_captions(video=video, kind="translation", words=VTT.replace("النهر", "river"), by=by).text
    type(english).objects.filter(pk=english.pk).update(language="en")

    shared.forget()
    with CaptureQueriesContext(connection) as with_two:
        assert "river" in page(client, video.get_absolute_url())
    assert len(with_two) == len(with_one)
    assert "النهر" in page(client, video.get_absolute_url(), text=tie.text.public_id)
    assert "river" not in page(client, video.get_absolute_url(), "ar")


def test_work_that_is_closed_takes_its_words_from_the_page_of_the_film(tie, video, client, by):
    assert "ثم مشينا إليه" in page(client, video.get_absolute_url())

    describe_work(work_id=tie.text.work_id, version=None, values={"access": "draft"}, by=by)

    assert "ثم مشينا إليه" not in page(client, video.get_absolute_url())


def test_archivist_sends_captions_for_a_film_and_ties_and_unties_at_the_desk(desk, video, by):
    address = reverse("desk_film_texts", args=[video.public_id])
    upload = desk.get(reverse("import_upload"), {"video": video.public_id}).content.decode()
    assert f'<option value="{video.public_id}" selected' in upload
    text = make_captions(video=None, by=by).text

    assert desk.post(address, {"text": text.public_id, "kind": "captions"}).status_code == 302
    tie = Transcript.objects.get()
    assert reverse("untie_text", args=[tie.public_id]) in desk.get(address).content.decode()
    assert desk.post(address, {"text": "nothing", "kind": "captions"}).status_code == 422
    assert desk.post(reverse("untie_text", args=[tie.public_id]), {"version": "1"}).status_code == 302
    assert not Transcript.objects.exists()


def test_archivist_says_anew_at_the_desk_what_a_text_is_to_its_film(desk, tie, video, people, client):
    with override("en"):
        listed = reverse("desk_film_texts", args=[video.public_id])
        change = reverse("change_tie", args=[tie.public_id])
    assert change in desk.get(listed).content.decode()

    assert desk.post(change, {"version": "1", "kind": "poem"}, follow=True).status_code == 200
    assert (
        "changed" in desk.post(change, {"version": "9", "kind": "translation"}, follow=True).content.decode()
    )
    assert desk.post(change, {"version": "1", "kind": "translation"}).status_code == 302

    tie.refresh_from_db()
    assert (tie.kind, tie.version) == ("translation", 2)
    client.force_login(people["editor"])
    assert client.post(change, {"version": "2", "kind": "captions"}).status_code in (403, 404)


def test_captions_that_are_read_again_are_still_for_their_film(video, by):
    arrival = send(VTT, filename="walk.vtt", by=by)
    run = start_import(arrival=arrival, language="ar", video=video, transcript_kind="translation", by=by)
    ImportRun.objects.filter(pk=run.pk).update(state="failed")

    again = read_again(run_id=run.pk, encoding="utf-8", by=by)

    assert (again.video, again.transcript_kind) == (video, "translation")


def test_api_ties_texts_and_names_the_version_it_changes(client, tie, video, by):
    text = make_revision(access="public", by=by).text
    sent = {"video": video.public_id, "text": text.public_id, "kind": "transcript"}
    assert client.post("/api/transcripts/", sent, "application/json").status_code == 401
    client.force_login(by)
    made = client.post("/api/transcripts/", sent, "application/json")
    address = f"/api/transcripts/{made.json()['id']}/"

    assert (made.status_code, made.json()["language"]) == (201, "ar")
    patch = {"data": {"kind": "translation"}, "content_type": "application/json"}
    assert client.patch(address, **patch).status_code == 428
    changed = client.patch(address, **patch, headers={"If-Match": made.headers["ETag"]})
    assert (changed.status_code, changed.json()["kind"], changed.json()["version"]) == (200, "translation", 2)
    stale = client.delete(address, headers={"If-Match": made.headers["ETag"]})
    assert (stale.status_code, stale.json()["current"]["kind"]) == (412, "translation")
    assert client.patch(address, {}, "application/json", headers={"If-Match": '"2"'}).status_code == 422
    assert client.delete(address, headers={"If-Match": '"2"'}).status_code == 204
    client.logout()
    told = client.get("/api/transcripts/", {"video": video.public_id}).json()["results"]
    assert [one["text"] for one in told] == [tie.text.public_id]
