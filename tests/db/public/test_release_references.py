"""Released references keep the names that they were sealed with, and are read as a table and a drawing by anybody."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from annotations.actions.change_relation import change_relation
from annotations.editions.reading import public_releases, read_snapshot
from annotations.editions.wire import snapshot_from_json
from annotations.enums import Outcome
from annotations.models import NamedRelation, Release
from annotations.presenters.snapshot import Book
from annotations.values import Citation, NoteTarget, ReferenceInput, RelationInput
from archive.actions.bump_epoch import bump_epoch
from archive.enums import Access
from archive.models import Work
from archive.views import shared
from tests.factories_editions import make_desk
from tests.factories_notes import decide_note, make_note, make_text, place_of, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people):
    desk = make_desk(people)
    other = make_text()
    note = make_note(
        desk.text, "الطاحونة", by=people["scholar"], body="انظر هناك",
        references=(
            ReferenceInput("explains", NoteTarget(desk.notes["masons"].public_id), "بيانًا", is_inverse=True, note_language="ar"),
            ReferenceInput("cites", place_of(other, "حجر أبيض")),
            ReferenceInput("quotes", Citation(csl={"type": "book", "title": "Dams", "DOI": "10.1000/182"})),
        ),
    )  # fmt: skip
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    desk.release()
    return SimpleNamespace(edition=desk.edition, notes=desk.notes, pointing=note, elsewhere=other)


def page(client, desk, **asked):
    bump_epoch()
    shared.forget()
    return client.get(f"/en/editions/{desk.edition.slug}/1/references/", asked)


def rename(people):
    row = NamedRelation.objects.get(code="explains")
    values = RelationInput("يوضح", "clears up", "يوضحه", "is cleared up by")
    change_relation(relation=row.public_id, version=row.version, values=values, by=people["editor"])


def test_release_keeps_the_names_of_its_relations(client, desk, people):
    before = page(client, desk).content
    rename(people)

    words = page(client, desk).content.decode()

    assert page(client, desk).content == before
    assert "is explained by" in words
    assert "cleared up" not in words
    pinned = {row.code: row.name["en"] for row in read_snapshot(public_releases().get()).relations}
    assert pinned["explains"] == "explains"


def test_both_ends_of_a_released_reference_read_its_direction_and_its_note(client, desk):
    here = page(client, desk, note=desk.pointing.public_id).content.decode()
    there = page(client, desk, note=desk.notes["masons"].public_id).content.decode()

    assert "is explained by" in here
    assert "explains" in there
    assert "is explained by" not in there
    assert "بيانًا" in here
    assert "بيانًا" in there


def test_release_that_is_older_than_the_names_reads_as_before(desk):
    data = json.loads(Release.objects.get().snapshot)
    del data["relations"]
    for note in data["notes"]:
        for reference in note["references"]:
            reference.pop("is_inverse", None)
            reference.pop("note_language", None)
    book = Book(snapshot_from_json(data))

    references = [reference for note in book.snapshot.notes for reference in note.references]

    with override("en"):
        labels = {
            book.relation_label(one, inward=True)
            for one in references
            if one.relation in ("cites", "continues")
        }
    assert labels == {"is cited by", "is continued by"}


def test_what_is_not_public_now_is_a_gap(client, desk):
    assert "حجر أبيض" in page(client, desk).content.decode()
    Work.objects.filter(pk=desk.elsewhere.work_id).update(access=Access.DRAFT)

    for form in ("", "csv", "jsonld"):
        told = page(client, desk, **({"as": form} if form else {})).content.decode()
        assert "حجر أبيض" not in told
        assert str(desk.elsewhere.work) not in told
    assert "a place that is not public now" in page(client, desk).content.decode()


def test_released_references_are_filtered_drawn_and_taken_away(client, desk):
    answer = page(client, desk, relation="quotes")
    words = answer.content.decode()

    assert words.count('id="reference-') == 1
    assert "“\u2068Dams\u2069”" in words
    assert 'href="https://doi.org/10.1000/182"' in words
    assert words.count('class="neighborhood__node"') == 1
    data = json.loads(page(client, desk, **{"as": "jsonld", "relation": "quotes"}).content)
    assert data["first"]["items"][0]["body"]["id"] == "https://doi.org/10.1000/182"
    assert page(client, desk, **{"as": "csv"}).content.startswith(b"\xef\xbb\xbfid,direction")
    assert page(client, desk, term="mill").status_code == 200
