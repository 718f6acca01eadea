"""A file in an old encoding: from its bytes to a revision, and read again by choice."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from archive.actions.accept_draft import accept_draft
from archive.actions.read_again import read_again
from archive.actions.run_job import run_job
from archive.enums import DraftState, ImportState
from archive.errors import ImportRefused, InvalidTransition, NotVisible
from archive.models import ImportRun, TextDraft
from tests.factories_archive import make_draft, make_run

pytestmark = pytest.mark.django_db
ARABIC = "# في وصف القنطرة\n\nبُني الجسر من حجر أبيض، ثم بلغ القادم من السوق ضفة النهر.\n"
OLD = ARABIC.encode("windows-1256")
POLISH = "Zażółć gęślą jaźń, proszę być spokojnym, wróć później, książka leży na półce"


def read(run):
    run_job(run.job_id)
    run.refresh_from_db()
    return run


def test_old_file_becomes_a_revision_of_the_same_words(people):
    draft = make_draft(OLD, by=people["archivist"])

    revision = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=people["archivist"])

    assert revision.content == make_draft(ARABIC, by=people["archivist"]).content
    assert draft.run.facts["encoding"] == "windows-1256"


@pytest.mark.parametrize(("language", "words"), [("ar", "خُمّن الترميز"), ("en", "Encoding guessed")])
def test_report_tells_the_guess_and_offers_another_reading(desk, people, language, words):
    draft = make_draft(OLD, by=people["archivist"])

    with translation.override(language):
        page = desk.get(reverse("draft", args=[draft.public_id])).content.decode()
        address = reverse("import_again", args=[draft.run.public_id])

    assert words in page
    assert "windows-1256" in page
    assert f'action="{address}"' in page


def test_other_reading_lays_the_draft_aside_and_makes_a_new_one(desk, people):
    draft = make_draft(OLD, by=people["archivist"])

    answer = desk.post(reverse("import_again", args=[draft.run.public_id]), {"encoding": "windows-1252"})

    run = read(ImportRun.objects.order_by("-pk").first())
    draft.refresh_from_db()
    assert answer.url == reverse("import_run", args=[run.public_id])
    assert draft.state == DraftState.ABANDONED
    assert (run.encoding, run.facts["encoding"]) == ("windows-1252", "windows-1252")
    assert run.draft.content != draft.content


def test_refused_file_is_read_when_its_encoding_is_chosen(desk, people):
    run = read(make_run(POLISH.encode("iso-8859-2"), by=people["archivist"]))
    assert run.error["code"] == "unknown_encoding"
    page = desk.get(reverse("import_run", args=[run.public_id])).content.decode()
    assert reverse("import_again", args=[run.public_id]) in page

    desk.post(reverse("import_again", args=[run.public_id]), {"encoding": "iso-8859-2"})

    assert read(ImportRun.objects.order_by("-pk").first()).draft.content == POLISH


def test_form_sends_the_encoding_with_the_file(desk):
    file = SimpleUploadedFile("text.txt", POLISH.encode("windows-1250"))

    desk.post(reverse("import_upload"), {"file": file, "language": "en", "encoding": "windows-1250"})
    desk.post(reverse("import_upload"), {"file": file, "language": "en", "encoding": "rot13"})

    run = ImportRun.objects.get()
    assert run.encoding == "windows-1250"
    assert read(run).draft.content == POLISH


def test_accepted_text_and_unknown_encodings_are_not_read_again(people):
    by = people["archivist"]
    draft = make_draft(OLD, by=by)

    with pytest.raises(ImportRefused):
        read_again(run_id=draft.run_id, encoding="rot13", by=by)
    assert TextDraft.objects.get().state == DraftState.OPEN
    with pytest.raises(NotVisible):
        read_again(run_id=draft.run_id, encoding="utf-8", by=people["editor"])
    accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)
    with pytest.raises(InvalidTransition):
        read_again(run_id=draft.run_id, encoding="windows-1252", by=by)
    assert ImportRun.objects.get().state == ImportState.ACCEPTED


def test_command_guesses_or_takes_the_encoding_that_is_named(people, tmp_path):
    path = tmp_path / "text.md"
    path.write_bytes(OLD)
    out = io.StringIO()
    options = {"language": "ar", "report": "json", "by": people["archivist"].email, "stdout": out}

    call_command("import_text", str(path), **options)

    found = json.loads(out.getvalue())
    assert found["source"]["encoding"] == "windows-1256"
    assert found["source"]["guess"]["good"] >= 3
    assert "encoding_guessed" in [repair["kind"] for repair in found["repairs"]]
    out.seek(out.truncate(0))
    call_command("import_text", str(path), encoding="iso-8859-15", **options)
    assert json.loads(out.getvalue())["source"]["encoding"] == "iso-8859-15"
