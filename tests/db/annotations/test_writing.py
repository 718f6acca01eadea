"""Writing notes: the place must be what it says, everything named must be visible, and twice is once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.note_facts import read_note
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Relation, Visibility
from annotations.errors import QuoteMismatch
from annotations.models import Anchor, Annotation, AnnotationVersion, CrossReference, NoteDraft
from annotations.presenters.annotation import note_json
from annotations.values import Citation, NoteInput, NoteTarget, ReferenceInput, TextPlace
from archive.enums import Access
from archive.errors import Invalid, NotAllowed, NotVisible, Stale, VersionMissing
from archive.models import AuditEvent, Group, SearchEntry
from tests.factories_notes import CONTENT, add_revision, make_accepted, make_note, make_text, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


def test_note_stands_on_the_words_that_were_chosen(people, text):
    written = write_annotation(
        place=place_of(text, "حجر أبيض"), note=NoteInput(body="محلّي."), by=people["scholar"]
    )

    anchor = Anchor.objects.get()
    assert CONTENT[anchor.start : anchor.end] == anchor.exact == "حجر أبيض"
    assert CONTENT[: anchor.start].endswith(anchor.prefix)
    assert CONTENT[anchor.end :].startswith(anchor.suffix)
    assert (written.annotation.status, written.annotation.newest_version.number) == ("draft", 1)
    assert AuditEvent.objects.get().action == "annotation.written"
    assert SearchEntry.objects.get(kind="annotation").original == "محلّي."


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"exact": "حجر أسود"}, QuoteMismatch),
        ({"start": 1}, QuoteMismatch),
        ({"end": 100_000}, Invalid),
        ({"start": -3}, Invalid),
        ({"end": 0}, Invalid),
        ({"revision": 2}, Stale),
        ({"text": "nosuchtext"}, NotVisible),
    ],
)
def test_place_that_is_not_as_it_says_is_refused_and_leaves_nothing(people, text, change, error):
    place = replace(place_of(text, "حجر أبيض"), **change)

    with pytest.raises(error):
        write_annotation(place=place, note=NoteInput(body="محلّي."), by=people["scholar"])

    assert not Annotation.objects.exists()
    assert not Anchor.objects.exists()


def test_stale_place_says_which_revision_is_current(people, text):
    place = place_of(text, "حجر أبيض")
    add_revision(text, CONTENT + "\nتمّ.")

    with pytest.raises(Stale) as refused:
        write_annotation(place=place, note=NoteInput(body="محلّي."), by=people["scholar"])

    assert (refused.value.code, refused.value.params["revision"]) == ("revision_not_current", 2)


@pytest.mark.parametrize("role", ["member", "archivist"])
def test_who_is_no_writer_writes_nothing(people, text, role):
    with pytest.raises(NotAllowed):
        make_note(text, by=people[role])


def test_text_that_is_not_visible_cannot_be_written_on(people):
    hidden = make_text(access=Access.DRAFT, slug="hidden")

    with pytest.raises(NotVisible):
        make_note(hidden, by=people["scholar"])


def test_form_sent_twice_makes_one_note(people, text):
    place = place_of(text, "حجر أبيض")

    first, again = (
        write_annotation(place=place, note=NoteInput(body="محلّي."), idempotency_key="k", by=people["scholar"])
        for _time in range(2)
    )

    assert first.annotation == again.annotation
    assert Annotation.objects.count() == 1


def test_key_of_one_person_does_not_reach_another(people, text):
    for who in ("scholar", "reviewer"):
        write_annotation(
            place=place_of(text, "حجر أبيض"),
            note=NoteInput(body="محلّي."),
            idempotency_key="k",
            by=people[who],
        )

    assert Annotation.objects.count() == 2


def test_saved_note_lets_its_draft_go(people, text):
    NoteDraft.objects.create(user=people["scholar"], key="d", data={"body": "مح"})
    NoteDraft.objects.create(user=people["reviewer"], key="d", data={"body": "غيره"})

    write_annotation(
        place=place_of(text, "حجر أبيض"), note=NoteInput(body="محلّي."), draft_key="d", by=people["scholar"]
    )

    assert list(NoteDraft.objects.values_list("user", flat=True)) == [people["reviewer"].pk]


def test_answer_from_memory_is_what_reading_says(people, text):
    written = write_annotation(
        place=place_of(text, "حجر أبيض"), note=NoteInput(body="محلّي."), by=people["scholar"]
    )

    read = read_note(people["scholar"], Annotation.objects.select_related("text").get())

    assert note_json(written.facts) == note_json(read)


def test_note_says_something(people, text):
    with pytest.raises(Invalid, match="note_empty"):
        make_note(text, by=people["scholar"], body="  ")


def test_group_note_is_for_a_group_of_ones_own(people, text):
    own, other = Group.objects.create(name="أ"), Group.objects.create(name="ب")
    people["scholar"].groups.add(own)

    made = make_note(text, by=people["scholar"], visibility=Visibility.GROUP, group=own.public_id)

    assert made.group == own
    with pytest.raises(Invalid, match="group_unknown"):
        make_note(text, by=people["scholar"], visibility=Visibility.GROUP, group=other.public_id)


def test_revision_makes_a_version_and_leaves_the_accepted_one(people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    accepted = note.accepted_version

    after = revise_annotation(
        annotation=note.public_id,
        version_id=accepted.public_id,
        note=NoteInput(body="أدقّ."),
        by=people["scholar"],
    )

    assert after.status == "draft"
    assert after.accepted_version == accepted
    assert after.newest_version.number == 2
    assert after.newest_version.locus == accepted.locus


def test_revision_that_changes_nothing_makes_no_version(people, text):
    note = make_note(text, by=people["scholar"])

    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, note=NoteInput(body="حجر محلّي."),
        by=people["scholar"],
    )  # fmt: skip

    assert AnnotationVersion.objects.count() == 1


def test_revision_names_the_version_that_was_read(people, text):
    note = make_note(text, by=people["scholar"])
    first = note.newest_version.public_id
    revise_annotation(
        annotation=note.public_id, version_id=first, note=NoteInput(body="ب"), by=people["scholar"]
    )

    with pytest.raises(Stale):
        revise_annotation(
            annotation=note.public_id, version_id=first, note=NoteInput(body="ج"), by=people["scholar"]
        )
    with pytest.raises(VersionMissing):
        revise_annotation(
            annotation=note.public_id, version_id="", note=NoteInput(body="ج"), by=people["scholar"]
        )


def test_others_do_not_revise_or_withdraw(people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    version = note.newest_version.public_id

    for who in ("reviewer", "editor", "administrator"):
        with pytest.raises(NotAllowed):
            revise_annotation(
                annotation=note.public_id, version_id=version, note=NoteInput(body="ب"), by=people[who]
            )
        with pytest.raises(NotAllowed):
            withdraw_annotation(annotation=note.public_id, version_id=version, by=people[who])


def test_visibility_is_fixed_once_a_note_was_accepted(people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])

    with pytest.raises(Invalid, match="visibility_fixed"):
        revise_annotation(
            annotation=note.public_id, version_id=note.newest_version.public_id,
            note=NoteInput(body="ب", visibility=Visibility.PRIVATE), by=people["scholar"],
        )  # fmt: skip


def test_place_of_a_note_can_be_chosen_anew(people, text):
    note = make_note(text, by=people["scholar"])

    after = revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, place=place_of(text, "الطاحونة"),
        note=NoteInput(body="حجر محلّي."), by=people["scholar"],
    )  # fmt: skip

    assert after.newest_version.locus.anchors.get().exact == "الطاحونة"
    assert Anchor.objects.count() == 2


def test_withdrawn_note_is_seen_by_its_author_only(people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])

    withdraw_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=people["scholar"]
    )

    assert read_note(people["scholar"], note).status == "withdrawn"
    for who in ("member", "reviewer", "editor"):
        with pytest.raises(NotVisible):
            read_note(people[who], note)


def test_reference_reads_from_both_ends(people, text):
    target = make_note(text, "الطاحونة", by=people["scholar"])
    source = make_note(
        text, by=people["scholar"],
        references=(ReferenceInput(Relation.CONTINUES, NoteTarget(target.public_id), "تتمّة"),),
    )  # fmt: skip

    out = note_json(read_note(people["scholar"], source))["references"][0]
    into = note_json(read_note(people["scholar"], target))["references"][0]

    assert (out["direction"], out["relation_label"]) == ("out", "يتابع")
    assert "الطاحونة" in out["target_label"]
    assert f"note={target.public_id}" in out["target_url"]
    assert (into["direction"], into["relation_label"]) == ("in", "يتابعه")
    assert into["relation_label"] != out["relation_label"]
    assert f"note={source.public_id}" in into["target_url"]


def test_reference_to_a_passage_is_read_by_the_notes_on_it(people, text):
    source = make_note(
        text, by=people["scholar"],
        references=(ReferenceInput(Relation.PARALLELS, place_of(text, "سقط الجسر")),),
    )  # fmt: skip
    on_it = make_note(text, "الجسر، فبنوا", by=people["scholar"])
    beside = make_note(text, "خشب", by=people["scholar"])

    assert [r["direction"] for r in note_json(read_note(people["scholar"], on_it))["references"]] == ["in"]
    assert note_json(read_note(people["scholar"], beside))["references"] == []
    assert "سقط الجسر" in note_json(read_note(people["scholar"], source))["references"][0]["target_label"]


def test_reference_into_what_one_may_not_see_is_not_there(people, text):
    restricted = make_text(slug="later")
    target = make_note(restricted, by=people["scholar"])
    source = make_note(
        text, by=people["scholar"], references=(ReferenceInput(Relation.CITES, NoteTarget(target.public_id)),)
    )
    restricted.work.access = Access.DRAFT
    restricted.work.save()

    assert note_json(read_note(people["scholar"], source))["references"] == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "ftp://example.org/"])
def test_only_web_addresses_are_cited(people, text, url):
    with pytest.raises(Invalid, match="address_refused"):
        make_note(text, by=people["scholar"], references=(ReferenceInput(Relation.CITES, Citation(url=url)),))


def test_revision_keeps_its_references(people, text, client):
    note = make_note(
        text,
        by=people["scholar"],
        references=(ReferenceInput(Relation.CITES, Citation(title="كتاب السدود")),),
    )
    client.force_login(people["scholar"])
    was = client.get(reverse("note", args=[note.public_id])).json()

    target = was["references"][0]["target"]
    answer = client.patch(
        reverse("note", args=[note.public_id]),
        json.dumps({"body": "ب", "references": [{"relation": "cites", "target": target}]}),
        content_type="application/json", headers={"If-Match": f'"{was["version_id"]}"'},
    )  # fmt: skip

    assert answer.status_code == 200, answer.content
    assert answer.json()["references"][0]["target_label"] == "كتاب السدود"
    assert CrossReference.objects.count() == 2


def test_locus_of_a_note_points_at_one_thing(people, text):
    note = make_note(text, by=people["scholar"])

    with pytest.raises(IntegrityError):
        Annotation.objects.filter(pk=note.pk).update(visibility="group")


def test_writing_takes_few_queries(people, text):
    make_note(text, by=people["scholar"])

    with CaptureQueriesContext(
        connection,
    ) as captured:
        make_note(text, "الطاحونة", by=people["scholar"])

    assert len(captured) <= 18, [q["sql"][:90] for q in captured]


def test_place_never_cuts_a_letter_from_its_marks(people):
    text = make_text("قالَ الشيخُ للناسِ كلامًا", slug="vocalized")
    content = text.current_revision.content
    start = content.index("َ")
    cut = TextPlace(text.public_id, 1, start, content.index("ُ"), content[start : content.index("ُ")])

    note = write_annotation(place=cut, note=NoteInput(body="ح"), by=people["scholar"]).annotation
    anchor = note.newest_version.locus.anchors.get()

    assert anchor.exact == content[anchor.start : anchor.end] == "لَ الشيخُ"
    assert anchor.prefix + anchor.exact + anchor.suffix == content
    # Sent again as it was sent first, it is the same place: no new version.
    again = revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, place=cut, note=NoteInput(body="ح"),
        by=people["scholar"],
    )  # fmt: skip
    assert again.newest_version_id == note.newest_version_id
