"""The far end of a reference is marked in the text in which it arrives, for those who may see the note that makes it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.carry_over import carry_over
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import Visibility
from annotations.models import CrossReference
from annotations.values import NoteInput, NoteTarget, ReferenceInput
from archive.enums import Access
from archive.models import Work
from tests.factories_notes import add_revision, make_note, make_text, place_of, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    return make_text(), make_text(slug="mills")


def point(texts, words="السوق", *, by, **said):
    """Return the reference of a new note on the first text to words of the second."""
    note = make_note(
        texts[0], "حجر أبيض", by=by, references=(ReferenceInput("cites", place_of(texts[1], words)),), **said
    )
    return CrossReference.objects.get(version__annotation=note)


def spans(client, text):
    wire = client.get(reverse("text_spans", args=[text.public_id])).json()
    start, found = 0, {}
    for ident, (step, length, _category) in zip(wire["ids"], wire["spans"], strict=True):
        start += step
        found[ident] = (start, start + length)
    return found


def cards(client, text, **asked):
    return client.get(reverse("text_notes", args=[text.public_id]), asked).json()["annotations"]


def test_far_end_is_a_span_and_a_card_that_leads_back(scholar, people, texts):
    reference = point(texts, by=people["scholar"])
    place = place_of(texts[1], "السوق")

    assert spans(scholar, texts[1]) == {reference.public_id: (place.start, place.end)}
    (card,) = cards(scholar, texts[1])
    assert (card["is_arrival"], card["exact"], card["actions"]) == (True, "السوق", [])
    (end,) = card["references"]
    assert end["direction"] == "in"
    assert reference.version.annotation.public_id in end["target_url"]


def test_stretch_without_it_has_no_card(scholar, people, texts):
    point(texts, by=people["scholar"])
    start = place_of(texts[1], "السوق").start

    assert len(cards(scholar, texts[1], **{"from": start, "to": start + 1})) == 1
    assert cards(scholar, texts[1], **{"from": 0, "to": start}) == []


def test_page_without_a_script_lists_and_counts_it(scholar, people, texts):
    reference = point(texts, by=people["scholar"])

    page = scholar.get(reverse("workbench", args=[texts[1].public_id])).content.decode()

    assert f'id="note-{reference.public_id}"' in page
    assert 'data-count="1"' in page


def test_reference_to_a_note_is_told_on_that_note_and_marks_nothing_more(scholar, people, texts):
    target = make_note(texts[1], "السوق", by=people["scholar"])
    make_note(
        texts[0], "حجر أبيض", by=people["scholar"],
        references=(ReferenceInput("cites", NoteTarget(target.public_id)),),
    )  # fmt: skip

    assert list(spans(scholar, texts[1])) == [target.public_id]
    (card,) = cards(scholar, texts[1])
    assert card["references"][0]["direction"] == "in"


def test_it_is_seen_by_whom_the_note_is_seen_by(client, people, texts):
    reference = point(texts, by=people["scholar"])
    client.force_login(people["reviewer"])
    assert spans(client, texts[1]) == {}
    assert cards(client, texts[1]) == []

    submit_note(reference.version.annotation)

    assert list(spans(client, texts[1])) == [reference.public_id]
    assert len(cards(client, texts[1])) == 1


def test_private_one_is_its_writers_alone(client, scholar, people, texts):
    reference = point(texts, by=people["scholar"], visibility=Visibility.PRIVATE)
    assert list(spans(scholar, texts[1])) == [reference.public_id]

    client.force_login(people["reviewer"])

    assert spans(client, texts[1]) == {}


def test_it_goes_when_its_source_is_hidden(client, people, texts):
    reference = point(texts, by=people["scholar"])
    submit_note(reference.version.annotation)
    client.force_login(people["reviewer"])
    assert list(spans(client, texts[1])) == [reference.public_id]

    Work.objects.filter(pk=texts[0].work_id).update(access=Access.RESTRICTED)

    assert spans(client, texts[1]) == {}
    assert cards(client, texts[1]) == []


def test_it_goes_when_the_note_says_it_no_more(scholar, people, texts):
    note = point(texts, by=people["scholar"]).version.annotation
    assert len(spans(scholar, texts[1])) == 1

    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, place=None,
        note=NoteInput(body="بلا إحالة"), by=people["scholar"],
    )  # fmt: skip

    assert spans(scholar, texts[1]) == {}


def test_it_moves_with_the_text(scholar, people, texts):
    reference = point(texts, by=people["scholar"])
    before = place_of(texts[1], "السوق")
    revision = add_revision(texts[1], f"مقدّمة.\n{texts[1].current_revision.content}")
    assert spans(scholar, texts[1]) == {}

    carry_over(revision_id=revision.pk, by=people["archivist"])

    texts[1].refresh_from_db()
    moved = spans(scholar, texts[1])[reference.public_id]
    assert moved[0] > before.start
    assert moved[1] - moved[0] == len("السوق")


@pytest.mark.parametrize("path", ["text_notes", "text_spans", "workbench"])
def test_number_of_queries_is_the_same_for_two_and_ten(scholar, people, texts, path):
    counts = []
    for size in (2, 10):
        while CrossReference.objects.count() < size:
            point(texts, by=people["scholar"])
        with CaptureQueriesContext(connection) as captured:
            assert scholar.get(reverse(path, args=[texts[1].public_id])).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_my_notes_say_where_references_lead(scholar, people, texts):
    point(texts, by=people["scholar"])

    page = scholar.get(reverse("my_notes")).content.decode()

    assert "xref__relation" in page
    assert f"{reverse('workbench', args=[texts[1].public_id])}?at=" in page
