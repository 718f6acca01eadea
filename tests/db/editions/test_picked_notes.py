"""Notes on the text that the rule of an edition leaves out are found, with why, and picked in by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.change_edition import change_edition, exclude_notes, pick_notes
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.editions.build import build_snapshot
from annotations.editions.candidates import leaving_out
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight
from annotations.models import Annotation, AnnotationVersion, Edition, Locus
from archive.actions.bring_in import bring_in
from archive.errors import NotAllowed, NotVisible, Stale
from archive.models import Role, Text, User
from tests.factories import make_user
from tests.factories_editions import add_wording, make_work, place_notes, plan
from tests.factories_notes import make_accepted, make_note, submit_note
from tests.factories_round_trip import make_everything

pytestmark = pytest.mark.django_db


def ruled(desk, **rule):
    desk.edition.refresh_from_db()
    change_edition(
        edition=desk.edition.public_id, version=desk.edition.version,
        plan=plan(slug=desk.edition.slug, rule=rule), by=desk.people["editor"],
    )  # fmt: skip
    desk.edition.refresh_from_db()


def pick(desk, *notes, picked=True, by="editor"):
    desk.edition.refresh_from_db()
    pick_notes(
        edition=desk.edition.public_id, version=desk.edition.version,
        notes=[note.public_id for note in notes], picked=picked, by=desk.people[by],
    )  # fmt: skip


def taken(desk):
    desk.edition.refresh_from_db()
    called = {note.public_id: name for name, note in desk.notes.items()}
    return {called.get(one.id, one.id) for one in gather(desk.edition).taken}


def left_out(desk):
    desk.edition.refresh_from_db()
    called = {note.public_id: name for name, note in desk.notes.items()}
    return {called.get(one.id, one.id): one.left_out for one in gather(desk.edition).left_out}


def listing(editor, desk, **query):
    answer = editor.get(reverse("desk_edition", args=[desk.edition.public_id]), {"notes": "left", **query})
    return answer, [line["id"] for line in answer.context["notes"]]


#: What of a rule leaves out a note of kind "place", in Arabic, by "a", on words, with the tag "t".
@pytest.mark.parametrize(
    ("rule", "people", "why"),
    [
        ({}, None, ()),
        ({"categories": ["place"], "languages": ["ar"], "tags": ["t", "u"], "places": ["text"]}, {"a"}, ()),
        ({"categories": ["person"]}, None, ("categories",)),
        ({"languages": ["en"]}, None, ("languages",)),
        ({"tags": ["u"]}, None, ("tags",)),
        ({"places": ["region", "time"]}, None, ("places",)),
        ({}, {"b"}, ("people",)),
        ({"categories": ["person"], "languages": ["en"]}, {"b"}, ("categories", "people", "languages")),
        # It takes in nothing by itself, whatever else it names.
        ({"only_picked": True}, None, ("only_picked",)),
        ({"only_picked": True, "categories": ["place"]}, {"a"}, ("only_picked",)),
    ],
)
def test_a_rule_says_what_of_it_leaves_a_note_out(rule, people, why):
    note = Annotation(author=User(public_id="a"))
    version = AnnotationVersion(
        pk=1, annotation=note, category="place", language="ar", locus=Locus(kind="text")
    )

    asked = leaving_out(rule, {1: ("t",)}, None if people is None else frozenset(people))

    assert asked(version) == why


def test_a_note_that_the_rule_leaves_out_is_picked_and_left_to_it_again(desk):
    ruled(desk, languages=["en"])
    assert left_out(desk)["year"] == ("languages",)
    before = taken(desk)

    pick(desk, desk.notes["year"])

    assert taken(desk) == before | {"year"}
    assert "year" not in left_out(desk)
    pick(desk, desk.notes["year"], picked=False)
    assert taken(desk) == before


def test_picked_notes_are_sealed_and_numbered_like_all_others(desk):
    ruled(desk, only_picked=True)
    pick(desk, desk.notes["year"], desk.notes["bridge"])

    release = desk.seal()

    assert set(release.notes.values_list("annotation", flat=True)) == {
        desk.notes["year"].pk, desk.notes["bridge"].pk,
    }  # fmt: skip
    assert list(release.notes.values_list("number", flat=True)) == [1, 2]


def test_an_edition_of_picked_notes_alone_begins_empty_and_says_so(desk):
    ruled(desk, only_picked=True)

    assert not taken(desk)
    assert "no_notes" in {finding.code for finding in preflight(gather(desk.edition))}
    assert set(left_out(desk).values()) == {("only_picked",)}


def test_a_rule_without_it_is_kept_as_it_ever_was_and_what_else_it_names_outlives_it(desk):
    ruled(desk, categories=["place"], only_picked=False)
    assert "only_picked" not in desk.edition.rule

    ruled(desk, categories=["place"], only_picked=True)

    assert desk.edition.rule["only_picked"] is True
    assert desk.edition.rule["categories"] == ["place"]


def test_a_picked_note_is_checked_like_all_others(desk):
    ruled(desk, only_picked=True)
    waiting = make_note(desk.text, "أشجار الحور", by=desk.people["scholar"])
    submit_note(waiting)
    pick(desk, waiting, desk.notes["year"])
    desk.edition.required_approvals = 2
    desk.edition.save()

    codes = {(finding.code, finding.id) for finding in preflight(gather(desk.edition))}

    assert ("undecided", waiting.public_id) in codes
    assert ("few_approvals", desk.notes["year"].public_id) in codes


def test_a_picked_note_that_its_author_withdraws_is_out_of_the_plan(desk):
    ruled(desk, only_picked=True)
    pick(desk, desk.notes["year"])
    note = Annotation.objects.get(pk=desk.notes["year"].pk)
    assert note.newest_version is not None

    withdraw_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=desk.people["scholar"]
    )

    assert not taken(desk)


def test_picking_lets_in_what_was_taken_out_by_hand(desk):
    year = desk.notes["year"]
    exclude_notes(
        edition=desk.edition.public_id, version=1, notes=[year.public_id], out=True, by=desk.people["editor"]
    )
    ruled(desk, only_picked=True)

    pick(desk, year)

    assert taken(desk) == {"year"}
    assert not desk.edition.excluded.exists()


def test_notes_on_other_texts_private_ones_and_what_waits_are_no_choice(desk):
    other = Text.objects.create(work=make_work("well"), language="ar", direction="rtl")
    add_wording(other)
    scholar = desk.people["scholar"]
    elsewhere = make_accepted(other, "بالجسر", author=scholar, reviewer=desk.people["reviewer"])
    private = make_note(desk.text, "أشجار الحور", by=scholar)
    waiting = make_note(desk.text, "الحجّارون", by=scholar)
    submit_note(waiting)
    ruled(desk, only_picked=True)

    assert {elsewhere.public_id, private.public_id, waiting.public_id}.isdisjoint(left_out(desk))
    pick(desk, elsewhere, private)
    assert not desk.edition.picked.exists()


def test_of_a_text_that_the_edition_takes_no_more_nothing_picked_is_taken(desk):
    pick(desk, desk.notes["year"])
    other = Text.objects.create(work=desk.work, language="ar", direction="rtl")
    add_wording(other)
    Edition.objects.filter(pk=desk.edition.pk).update(text=other)
    desk.edition = Edition.objects.get(pk=desk.edition.pk)

    assert not gather(desk.edition).candidates


def test_only_editors_pick_and_only_from_the_plan_that_they_read(desk):
    for role in ("scholar", "reviewer", "archivist", "member"):
        with pytest.raises((NotAllowed, NotVisible)):
            pick(desk, desk.notes["year"], by=role)
    pick(desk, desk.notes["year"])
    with pytest.raises(Stale):
        pick_notes(edition=desk.edition.public_id, version=1, notes=[], picked=True, by=desk.people["editor"])


def test_the_page_lists_them_in_their_passages_with_why_and_picks_the_ticked_ones(editor, desk):
    ruled(desk, languages=["en"])

    answer, ids = listing(editor, desk)

    html = answer.content.decode()
    assert desk.notes["year"].public_id in ids
    assert "<mark>" in html
    assert "لغتها" in html or "its language" in html
    chosen = {
        "version": desk.edition.version, "note": desk.notes["year"].public_id, "do": "pick", "notes": "left",
        "category": "date",
    }  # fmt: skip
    posted = editor.post(reverse("desk_edition_notes", args=[desk.edition.public_id]), chosen)
    assert posted["Location"].endswith("?notes=left&category=date#notes")
    assert desk.notes["year"].public_id not in listing(editor, desk)[1]
    assert "year" in taken(desk)


def test_they_are_found_by_words_in_any_spelling_by_author_and_by_kind(editor, desk):
    ruled(desk, only_picked=True)
    make_accepted(
        desk.text, "أشجار الحور", author=desk.people["administrator"], reviewer=desk.people["reviewer"],
        body="أشجارٌ عالية", category="concept",
    )  # fmt: skip
    _answer, everything = listing(editor, desk)

    by_words = listing(editor, desk, q="اشجار عاليه")[1]
    by_author = listing(editor, desk, author=desk.people["administrator"].public_id)[1]
    by_kind = listing(editor, desk, category="concept")[1]

    assert len(by_words) == 1
    assert by_words == by_author == by_kind
    assert len(everything) == 4
    assert not listing(editor, desk, q="لا شيء كهذا")[1]
    assert listing(editor, desk, author="nobody", page="x")[0].status_code == 200


def test_notes_on_pictures_in_the_text_are_listed_once_with_those_that_the_rule_leaves_out(editor, desk):
    place_notes(desk)
    ruled(desk, places=["text"])

    _answer, left = listing(editor, desk)
    elsewhere = editor.get(
        reverse("desk_edition", args=[desk.edition.public_id]), {"notes": "elsewhere"}
    ).context["notes"]

    assert {desk.notes["region"].public_id, desk.notes["seconds"].public_id} <= set(left)
    assert not elsewhere


def test_what_was_decided_of_a_note_is_not_told_by_the_list_in_an_independent_review(client, desk):
    desk.edition.required_approvals, desk.edition.independent_review = 2, True
    desk.edition.save()
    Edition.objects.filter(pk=desk.edition.pk).update(rule={"only_picked": True})
    both = make_user("both@example.org", "editor")
    client.force_login(both)
    assert len(listing(client, desk)[1]) == 3

    both.roles.add(Role.objects.get(code="reviewer"))

    assert not listing(client, desk)[1]


def test_the_list_is_read_in_a_number_of_queries_that_does_not_grow(editor, desk):
    ruled(desk, only_picked=True)
    listing(editor, desk)
    with CaptureQueriesContext(connection) as few:
        listing(editor, desk)
    words = ("أشجار الحور", "الحجّارون", "القادم من السوق", "الدفتر القديم")
    for exact in words:
        make_accepted(desk.text, exact, author=desk.people["scholar"], reviewer=desk.people["reviewer"])

    with CaptureQueriesContext(connection) as many:
        _answer, ids = listing(editor, desk)

    assert len(ids) == 3 + len(words)
    assert len(many) == len(few)


def test_the_form_of_a_plan_asks_whether_only_picked_notes_are_taken(editor, desk):
    page = editor.get(reverse("desk_edition_plan", args=[desk.edition.public_id])).context["form"]
    values = {name: value for name, value in page.initial.items() if value is not None}

    editor.post(reverse("desk_edition_plan", args=[desk.edition.public_id]), values | {"only_picked": "on"})

    desk.edition.refresh_from_db()
    assert desk.edition.rule["only_picked"] is True
    assert "no_notes" in {finding.code for finding in preflight(gather(desk.edition))}


def test_picked_notes_on_texts_and_the_rule_come_back_in_packages(people, tmp_path: Path):
    point = transaction.savepoint()
    made = make_everything(people)
    note = made.desk.notes["year"]
    made.desk.edition.picked.add(note)
    made.desk.edition.rule = {**made.desk.edition.rule, "only_picked": True}
    made.desk.edition.save()
    asked = ["--collection", "--to", str(tmp_path / "bag"), "--by", people["administrator"].email]
    call_command("export_work", made.root.slug, *asked)
    transaction.savepoint_rollback(point)

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    edition = Edition.objects.get(public_id=made.desk.edition.public_id)
    assert edition.rule["only_picked"] is True
    assert note.public_id in {row.public_id for row in edition.picked.all()}
    assert build_snapshot(gather(edition), number=9, previous="").notes
