"""Notes of other systems: looked at first, brought in as drafts where their places are sure, and taken back as one."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.actions.import_notes import import_notes
from annotations.actions.propose_term import propose_term
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import TermKind
from annotations.models import Anchor, Annotation, NoteImport, Term
from annotations.values import TermInput
from archive.actions.run_job import run_job
from tests.factories_notes import CONTENT, make_note, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def scholar(people):
    return people["scholar"]


@pytest.fixture
def desk(client, scholar):
    client.force_login(scholar)
    return client


@pytest.fixture
def text(db):
    return make_text()


def quote(exact, prefix="", suffix=""):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def hypothesis(*rows, **more):
    """Return an export of the client; rows are (id, selectors, text) with further fields."""
    notes = [
        {
            "id": ident, "uri": "https://blog.example/bridges", "user": "acct:salma@hypothes.is", "text": words, "tags": list(tags),
            "target": [{"source": "https://blog.example/bridges", "selector": selectors}], "references": [], "user_info": {"display_name": "سلمى"},
        }
        for ident, selectors, words, *tags in rows
    ]  # fmt: skip
    return json.dumps({"export_date": "2026-01-01", "export_userid": "acct:salma@hypothes.is", "annotations": notes} | more).encode()


def send(desk, data, *, text=None, name="notes.json", **more):
    url = reverse("text_note_import", args=[text.public_id]) if text else reverse("note_import_new")
    asked = {"unknown_tags": "words", "others": "out", "visibility": "open", "format": "", **more}
    answer = desk.post(url, {"file": SimpleUploadedFile(name, data), **asked})
    return answer, NoteImport.objects.order_by("-pk").first()


def act(desk, name, step, **more):
    answer = desk.post(reverse(f"note_import_{name}", args=[step.public_id]), more)
    step.refresh_from_db()
    return answer


def outcomes(step):
    return [(row.outcome, row.how, row.problem.get("code", "")) for row in step.rows.all()]


def words_at(note):
    anchor = Anchor.objects.get(locus=note.newest_version.locus)
    return CONTENT[anchor.start : anchor.end] if anchor.start is not None else None


def test_notes_are_looked_at_first_then_brought_in_as_drafts_credited_by_name(desk, text, scholar, people):
    term = propose_term(term=TermInput(kind=TermKind.CONCEPT, label_ar="جسر"), by=people["reviewer"])
    at = CONTENT.index("جسرًا من حجر")
    data = hypothesis(
        ("a1", [{"type": "TextPositionSelector", "start": at, "end": at + 12}, quote("جسرًا من حجر", "القرية ", " أبيض")], "حاشية", "جِسر", "بناء"),
        ("a2", [{"type": "TextPositionSelector", "start": 4, "end": 12}, quote("خشب", "من ", ".")], "moved"),
    )  # fmt: skip

    answer, step = send(desk, data, text=text)

    assert answer.status_code == 302 and not Annotation.objects.exists()
    assert outcomes(step) == [("ready", "exact", ""), ("ready", "found", "")]
    page = desk.get(step.get_absolute_url()).content.decode()
    assert "جسرًا من حجر" in page and "سلمى" in page

    act(desk, "apply", step)

    first, second = Annotation.objects.order_by("pk")
    assert (words_at(first), words_at(second)) == ("جسرًا من حجر", "خشب")
    assert (first.status, first.author, first.credited) == ("draft", scholar, "سلمى")
    assert first.newest_version.body == "حاشية\n\nوسوم: بناء" or "بناء" in first.newest_version.body
    assert list(first.newest_version.tags.all()) == [term]
    assert first.elsewhere == {"via": ["https://hypothes.is/a/a1"]}
    assert step.state == "applied" and bytes(step.data or b"") == b""
