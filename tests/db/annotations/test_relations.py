"""Relations as rows: named both ways in both languages, renamed, retired, never lost from what was said with them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from annotations.access.note_facts import read_note
from annotations.access.relations import offered_relations
from annotations.actions._package_references import reference_of_line
from annotations.actions.add_relation import add_relation
from annotations.actions.change_relation import change_relation
from annotations.actions.retire_relation import retire_relation, take_up_relation
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import Relation
from annotations.models import CrossReference, NamedRelation
from annotations.presenters.annotation import note_json
from annotations.values import Citation, Kept, NoteInput, NoteTarget, ReferenceInput, RelationInput
from archive.errors import Invalid, NotAllowed, Stale
from archive.models import AuditEvent
from tests.factories_notes import make_note, make_text, place_of

pytestmark = pytest.mark.django_db

SUPPLEMENTS = RelationInput("يستدرك على", "supplements", "يُستدرك عليه في", "is supplemented by")


@pytest.fixture
def text():
    return make_text()


def references(person, note):
    return note_json(read_note(person, note))["references"]


def test_every_archive_begins_with_relations_that_have_four_names():
    rows = {row.code: row for row in NamedRelation.objects.all()}

    assert set(Relation) <= rows.keys()
    assert len(rows) == 18
    assert (rows["cites"].inverse_ar, rows["cites"].inverse_en) == ("يستشهد به", "is cited by")
    assert rows["parallels"].is_symmetric
    assert all(row.description_ar and row.description_en for row in rows.values())


@pytest.mark.parametrize(
    ("is_inverse", "out", "into"),
    [(False, "continues", "is continued by"), (True, "is continued by", "continues")],
)
def test_both_ends_read_the_name_of_their_direction(people, text, is_inverse, out, into):
    target = make_note(text, "الطاحونة", by=people["scholar"])
    pointing = ReferenceInput(
        "continues", NoteTarget(target.public_id), "تتمّة", is_inverse=is_inverse, note_language="ar"
    )
    source = make_note(text, by=people["scholar"], references=(pointing,))

    with override("en"):
        (here,), (there,) = references(people["scholar"], source), references(people["scholar"], target)

    assert (here["relation_label"], there["relation_label"]) == (out, into)
    assert (here["note"], here["note_language"]) == (there["note"], there["note_language"]) == ("تتمّة", "ar")


def test_symmetric_relation_has_no_direction(people, text):
    pointing = ReferenceInput("parallels", place_of(text, "حجر أبيض"), is_inverse=True)
    make_note(text, "الطاحونة", by=people["scholar"], references=(pointing,))

    assert not CrossReference.objects.get().is_inverse


def test_keeper_adds_a_relation_and_references_are_made_with_it(people, text):
    row = add_relation(relation=SUPPLEMENTS, by=people["archivist"])
    make_note(
        text,
        "الطاحونة",
        by=people["scholar"],
        references=(ReferenceInput(row.code, place_of(text, "حجر أبيض")),),
    )

    assert row.code == "supplements"
    assert offered_relations(people["scholar"])[-1] == row
    assert AuditEvent.objects.filter(action="relation.added", target_id=row.public_id).exists()


def test_scholar_adds_no_relation(people):
    with pytest.raises(NotAllowed):
        add_relation(relation=SUPPLEMENTS, by=people["scholar"])


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        (RelationInput("يستدرك على", "supplements"), "required", "inverse_ar"),
        (RelationInput("يستدرك على", "cites", "أ", "b"), "relation_name_taken", "name_en"),
        (RelationInput("يستدرك على", "Is Cited By", "أ", "b"), "relation_name_taken", "name_en"),
        (RelationInput("ا" * 81, "supplements", "أ", "b"), "too_long", "name_ar"),
    ],
)
def test_relation_that_nobody_could_read_is_refused(people, given, code, field):
    with pytest.raises(Invalid) as refused:
        add_relation(relation=given, by=people["archivist"])

    assert (refused.value.code, refused.value.params["field"]) == (code, field)


def test_renamed_relation_reads_so_in_old_references(people, text):
    source = make_note(
        text,
        "الطاحونة",
        by=people["scholar"],
        references=(ReferenceInput("cites", place_of(text, "حجر أبيض")),),
    )
    row = NamedRelation.objects.get(code="cites")
    values = RelationInput("يحيل على", "refers to", "أحيل عليه في", "is referred to by")
    change_relation(relation=row.public_id, version=row.version, values=values, by=people["editor"])

    with override("en"):
        (reference,) = references(people["scholar"], source)

    assert (reference["relation"], reference["relation_label"]) == ("cites", "refers to")
    with pytest.raises(Stale):
        change_relation(relation=row.public_id, version=row.version, values=values, by=people["editor"])


def test_symmetry_is_fixed_when_a_relation_is_made(people):
    row = NamedRelation.objects.get(code="cites")
    values = RelationInput("يستشهد بـ", "cites", is_symmetric=True)

    with pytest.raises(Invalid, match="relation_symmetry_fixed"):
        change_relation(relation=row.public_id, version=row.version, values=values, by=people["editor"])


def test_retired_relation_stays_in_old_references_and_takes_no_new_ones(people, text):
    scholar = people["scholar"]
    pointing = ReferenceInput("cites", place_of(text, "حجر أبيض"))
    note = make_note(text, "الطاحونة", by=scholar, references=(pointing,))
    row = NamedRelation.objects.get(code="cites")
    row = retire_relation(relation=row.public_id, version=row.version, by=people["editor"])

    with pytest.raises(Invalid, match="relation_retired"):
        make_note(text, "الطاحونة", by=scholar, references=(pointing,))
    (kept,) = note.newest_version.references.all()
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id,
        note=NoteInput(body="جديد.", references=(Kept(kept.public_id),)), by=scholar,
    )  # fmt: skip

    with override("en"):
        assert [one["relation_label"] for one in references(scholar, note)] == ["cites"]
    take_up_relation(relation=row.public_id, version=row.version, by=people["editor"])
    make_note(text, "الطاحونة", by=scholar, references=(pointing,))


def test_database_refuses_a_relation_without_a_name_for_each_direction():
    names = {"name_ar": "أ", "name_en": "a", "inverse_ar": "ب", "inverse_en": "b"}
    for wrong in ({"inverse_en": ""}, {"is_symmetric": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NamedRelation.objects.create(code="x", **(names | wrong))


def test_reference_stays_a_fact_in_the_database(people, text):
    pointing = ReferenceInput("cites", place_of(text, "حجر أبيض"))
    make_note(text, "الطاحونة", by=people["scholar"], references=(pointing,))

    for change in (lambda rows: rows.update(relation="quotes"), lambda rows: rows._raw_delete(rows.db)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(CrossReference.objects.all())


def test_note_does_not_point_at_its_own_place_nor_at_itself(people, text):
    scholar = people["scholar"]
    with pytest.raises(Invalid, match="reference_to_itself"):
        make_note(
            text, "الطاحونة", by=scholar, references=(ReferenceInput("cites", place_of(text, "الطاحونة")),)
        )
    note = make_note(text, "الطاحونة", by=scholar)
    with pytest.raises(Invalid, match="reference_to_itself"):
        revise_annotation(
            annotation=note.public_id, version_id=note.newest_version.public_id,
            note=NoteInput(references=(ReferenceInput("cites", NoteTarget(note.public_id)),)), by=scholar,
        )  # fmt: skip


@pytest.mark.parametrize("target", ["place", "outside"])
def test_same_reference_twice_in_one_note_is_told(people, text, target):
    to = place_of(text, "حجر أبيض") if target == "place" else Citation(title="كتاب السدود")
    twice = ReferenceInput("cites", to)

    with pytest.raises(Invalid, match="reference_twice"):
        make_note(text, "الطاحونة", by=people["scholar"], references=(twice, twice))


@pytest.mark.parametrize(
    ("pointing", "code"),
    [
        (ReferenceInput("no_such", Citation(title="كتاب")), "choice_unknown"),
        (
            ReferenceInput("cites", Citation(title="كتاب"), note_language="not a language", note="x"),
            "language_code",
        ),
        (ReferenceInput("cites", Citation(title="كتاب"), note="a\x00b"), "control_character"),
    ],
)
def test_reference_that_nobody_could_read_is_refused(people, text, pointing, code):
    with pytest.raises(Invalid) as refused:
        make_note(text, "الطاحونة", by=people["scholar"], references=(pointing,))

    assert refused.value.code == code


def test_reference_that_the_other_note_makes_already_is_told_and_kept(people, text):
    scholar = people["scholar"]
    one = make_note(text, "الطاحونة", by=scholar)
    other = make_note(
        text, "حجر أبيض", by=scholar, references=(ReferenceInput("explains", NoteTarget(one.public_id)),)
    )
    assert note_json(read_note(scholar, one))["told"] == []

    revise_annotation(
        annotation=one.public_id, version_id=one.newest_version.public_id, by=scholar,
        note=NoteInput(references=(ReferenceInput("explains", NoteTarget(other.public_id), is_inverse=True),)),
    )  # fmt: skip

    with override("en"):
        assert note_json(read_note(scholar, one))["told"] == [
            "The note there says already: “explains” this one. Both are kept."
        ]
    # The contrary is another thing to say, and nothing that was said before.
    assert CrossReference.objects.count() == 2


NAMED = {
    "code": "glosses", "name": {"ar": "يعلّق على", "en": "glosses"}, "inverse": {"ar": "عُلّق عليه في", "en": "is glossed in"},
    "is_symmetric": False,
}  # fmt: skip


def line(**values):
    return {
        "id": "2345678923456789", "relation": "glosses", "named": NAMED, "note": "انظر", "note_language": "ar", "inverse": True,
        "target": None, "citation": {"url": "", "title": "كتاب", "pages": "٣", "csl": {"type": "book", "title": "كتاب"}}, **values,
    }  # fmt: skip


def brought_in(people, **values):
    return reference_of_line(line(**values), loci={}, notes={}, relations={}, by=people["archivist"])


def test_relation_of_a_package_comes_in_retired_by_its_names(people):
    reference = brought_in(people)

    row = NamedRelation.objects.get(code="glosses")
    assert (reference.relation, reference.is_inverse, reference.note_language) == ("glosses", True, "ar")
    assert (row.name_en, row.inverse_ar) == ("glosses", "عُلّق عليه في")
    assert row.retired_at is not None
    assert reference.citation["csl"] == {"type": "book", "title": "كتاب"}
    brought_in(people)
    assert NamedRelation.objects.filter(name_en="glosses").count() == 1


def test_relation_of_a_package_that_is_called_the_same_here_is_the_one_here(people):
    cites = NamedRelation.objects.get(code="cites")
    named = cites.words
    told = {"name": named.name, "inverse": named.inverse, "is_symmetric": False}

    assert brought_in(people, relation="r_elsewhere", named=told).relation == "cites"


@pytest.mark.parametrize(
    "wrong",
    [
        {"relation": "No Code!"}, {"relation": "x" * 15}, {"named": {}}, {"named": NAMED | {"name": {}}},
        {"note_language": "not one"}, {"citation": {"title": "كتاب", "csl": {"type": "evil"}}},
        {"citation": {"title": "كتاب", "csl": "evil"}},
    ],
)  # fmt: skip
def test_reference_of_a_hostile_package_is_refused(people, wrong):
    with pytest.raises((ValueError, KeyError, Invalid)):
        brought_in(people, **wrong)
