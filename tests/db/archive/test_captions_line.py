"""A file of captions goes the whole way: sent in, read, accepted, shown with its times."""

import pytest
from django.urls import reverse

from archive.actions.accept_draft import accept_draft
from archive.actions.parse_import import parse_import
from archive.actions.run_job import run_job
from archive.actions.start_import import start_import
from archive.enums import TranscriptKind, WorkKind
from archive.models import ImportRun, Job, Work
from archive.presenters.article import render_article
from tests.factories_archive import make_run, send
from tests.factories_films import make_video

pytestmark = pytest.mark.django_db
VTT = """WEBVTT

00:01.000 --> 00:04.500
<v "><script>alert(1)</script>>كان النهر قريبًا

01:00:05.000 --> 01:00:08.250
ثم مشينا إليه
"""


@pytest.fixture
def revision(people):
    run = make_run(VTT, filename="walk.vtt", by=people["archivist"])
    assert run.importer == "webvtt"
    draft = parse_import(run_id=run.pk)
    values = {"title_ar": "مشي", "language": "ar", "access": "public"}
    return accept_draft(draft_id=draft.pk, sha256=draft.sha256, values=values, by=people["archivist"])


def test_captions_are_shown_with_times_that_are_no_words(revision):
    shown = render_article(content=revision.content, blocks=revision.blocks, marks=revision.marks)

    assert 'data-time="0:01"' in shown
    assert 'data-time="1:00:05"' in shown
    assert "<script" not in shown
    assert revision.content.splitlines()[-1] == "ثم مشينا إليه"


def test_public_page_of_a_transcript_shows_its_times(client, revision):
    page = client.get(Work.objects.get().get_absolute_url()).content.decode()

    assert 'data-time="1:00:05"' in page


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no captions with times"), ("ar", "لا ترجمات موقوتة")]
)
def test_file_without_captions_is_told_in_words(client, people, language, words):
    run = make_run("WEBVTT\n\nNOTE nothing", filename="a.vtt", by=people["archivist"])
    run_job(Job.objects.get(kind="parse_import").pk)
    client.force_login(people["archivist"])
    address = reverse("import_run", args=[run.public_id])
    address = address.replace("/ar/", f"/{language}/").replace("/en/", f"/{language}/")

    page = client.get(address).content.decode()

    assert ImportRun.objects.get().state == "failed"
    assert words in page


def test_words_of_a_recording_are_offered_under_its_title(desk, people):
    film = make_video(by=people["archivist"], title_ar="حديث الرحّال", title_en="The walker's talk")
    arrival = send(VTT, filename="walk.vtt", by=people["archivist"])
    run = start_import(
        arrival=arrival,
        language="ar",
        video=film,
        transcript_kind=TranscriptKind.CAPTIONS,
        by=people["archivist"],
    )
    draft = parse_import(run_id=run.pk)

    form = desk.get(reverse("draft_accept", args=[draft.public_id])).context["form"]

    offered = [form[name].value() for name in ("title_ar", "title_en", "kind")]
    assert offered == ["حديث الرحّال", "The walker's talk", WorkKind.RECORDING]
