"""Many notes at once: chosen by a filter, changed in one step that is undone as one, taken along as a file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions._many import MOST
from annotations.actions.change_notes import change_notes, undo_note_step
from annotations.actions.recall_submission import recall_submission
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import AnnotationStatus, Category, NoteChange, Outcome, Visibility
from annotations.models import Annotation, AnnotationVersion, NoteStep, Submission
from annotations.values import NoteInput
from archive.errors import Invalid, NotAllowed, NotVisible, Stale
from archive.models import Group, User
from tests.factories_notes import CONTENT, decide_note, make_accepted, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


@pytest.fixture
def notes(text, people):
    return [make_note(text, words, by=people["scholar"]) for words in ("حجر أبيض", "خشب", "السوق")]


def versions(notes):
    rows = Annotation.objects.select_related("newest_version").in_bulk([note.pk for note in notes])
    return [rows[note.pk].newest_version.public_id for note in notes]


def tags_of(note):
    version = AnnotationVersion.objects.get(public_id=versions([note])[0])
    return list(version.version_tags.values_list("term__public_id", flat=True))


def test_a_tag_is_put_on_many_notes_and_taken_off_again_as_one_step(people, notes, mill):
    step = change_notes(
        version_ids=versions(notes), change=NoteChange.TAG, value=mill.public_id, by=people["scholar"]
    )
    tagged = [tags_of(note) for note in notes]

    done = undo_note_step(step=step.public_id, by=people["scholar"])

    assert tagged == [[mill.public_id]] * 3
    assert (done.undone, done.kept) == (3, 0)
    assert [tags_of(note) for note in notes] == [[]] * 3
    again = undo_note_step(step=step.public_id, by=people["scholar"])
    assert (again.undone, again.kept) == (0, 3)


def test_what_was_changed_since_keeps_its_words(people, notes):
    step = change_notes(
        version_ids=versions(notes), change=NoteChange.CATEGORY, value="dispute", by=people["scholar"]
    )
    changed = notes[1]
    revise_annotation(
        annotation=changed.public_id, version_id=versions([changed])[0], note=NoteInput(body="كلام جديد"),
        by=people["scholar"],
    )  # fmt: skip

    done = undo_note_step(step=step.public_id, by=people["scholar"])

    assert (done.undone, done.kept) == (2, 1)
    rows = Annotation.objects.order_by("pk").select_related("newest_version")
    assert [row.newest_version.body for row in rows] == ["حجر محلّي.", "كلام جديد", "حجر محلّي."]
    assert [row.newest_version.category for row in rows] == [Category.NOTE] * 3


def test_notes_go_to_a_group_and_come_back(people, notes):
    group = Group.objects.create(name="حلقة الجسور")
    group.members.add(people["scholar"])
    by = User.objects.get(pk=people["scholar"].pk)
    step = change_notes(version_ids=versions(notes), change=NoteChange.GROUP, value=group.public_id, by=by)

    seen = set(Annotation.objects.values_list("visibility", "group__name"))
    undo_note_step(step=step.public_id, by=by)

    assert seen == {(Visibility.GROUP, "حلقة الجسور")}
    assert set(Annotation.objects.values_list("visibility", "group")) == {(Visibility.OPEN, None)}


def test_a_returned_note_becomes_a_draft_and_one_to_which_nothing_is_done_stays(people, notes):
    returned = notes[0]
    submit_note(returned)
    decide_note(returned, Outcome.RETURN, by=people["reviewer"], reason="زدها")

    step = change_notes(
        version_ids=versions(notes), change=NoteChange.CATEGORY, value="place", by=people["scholar"]
    )
    same = change_notes(
        version_ids=versions(notes), change=NoteChange.CATEGORY, value="place", by=people["scholar"]
    )

    returned.refresh_from_db()
    assert returned.status == AnnotationStatus.DRAFT
    assert (step.items.count(), same.items.count()) == (3, 0)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (NoteChange.TAG, "nosuch"), (NoteChange.CATEGORY, "nosuch"), (NoteChange.VISIBILITY, "nosuch"),
        (NoteChange.GROUP, "nosuch"), (NoteChange.VISIBILITY, "group"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_to_one_is_done_to_none(people, notes, change, value):
    with pytest.raises(Invalid):
        change_notes(version_ids=versions(notes), change=change, value=value, by=people["scholar"])

    assert AnnotationVersion.objects.count() == 3
    assert not NoteStep.objects.exists()


def test_only_ones_own_drafts_in_their_newest_version(people, text, notes):
    others = make_note(text, "النهر", by=people["editor"])
    handed_in = make_note(text, "الضفة", by=people["scholar"])
    submit_note(handed_in)
    stale = versions(notes)
    revise_annotation(
        annotation=notes[0].public_id, version_id=stale[0], note=NoteInput(body="أخرى"), by=people["scholar"]
    )
    asked = {"change": NoteChange.CATEGORY, "value": "place", "by": people["scholar"]}

    for one in (others, handed_in):
        with pytest.raises(NotAllowed):
            change_notes(version_ids=versions([notes[1], one]), **asked)
    with pytest.raises(Stale):
        change_notes(version_ids=stale, **asked)
    with pytest.raises(Invalid):
        change_notes(version_ids=[], **asked)
    with pytest.raises(Invalid):
        change_notes(version_ids=[str(n) for n in range(MOST + 1)], **asked)
    with pytest.raises(NotAllowed):
        change_notes(version_ids=["nosuch"], **asked)
    assert not NoteStep.objects.exists()


def test_nobody_undoes_what_others_did(people, notes):
    step = change_notes(
        version_ids=versions(notes), change=NoteChange.CATEGORY, value="place", by=people["scholar"]
    )

    with pytest.raises(NotVisible):
        undo_note_step(step=step.public_id, by=people["editor"])


def test_the_page_finds_changes_and_undoes(scholar, people, text, notes, mill):
    address = "/en/desk/notes/"
    chosen = {
        "act": "change",
        "change": "tag",
        "term": "The mill",
        "key": "k",
        "version": versions(notes[:2]),
    }

    for _twice in range(2):
        page = scholar.post(address, chosen, follow=True).content.decode()

    assert "2 notes were changed" in page
    assert "Tag put on: \u2068The mill\u2069" in page
    assert NoteStep.objects.count() == 1
    found = scholar.get(address, {"tag": "الطاحونة"}).content.decode()
    assert found.count('class="tag"') == 2
    assert scholar.get(address, {"category": "dispute"}).content.decode().count('id="note-') == 0
    assert scholar.get(address, {"q": "محلّي"}).content.decode().count('id="note-') == 3
    assert scholar.get(address, {"tag": "؟"}).content.decode().count('id="note-') == 0
    undone = {"act": "undo", "step": NoteStep.objects.get().public_id}
    assert "2 notes are as they were before" in scholar.post(address, undone, follow=True).content.decode()
    for wrong, words in (
        ({"change": "tag", "term": "؟"}, "No term has this name"), ({"change": "x"}, "Choose one of the values"),
        ({"change": "category:place", "version": []}, "Choose at least one note"),
    ):  # fmt: skip
        assert words in scholar.post(address, chosen | {"key": ""} | wrong).content.decode()


def test_the_list_is_taken_along_as_it_is_narrowed(scholar, people, text, notes):
    make_accepted(text, "النهر", author=people["editor"], reviewer=people["reviewer"], body="حاشية غيري")
    make_note(text, "الضفة", by=people["scholar"], body="=SUM(A1)", category=Category.DISPUTE)

    table = _sent(scholar.get(reverse("my_notes_file", args=["csv"])))
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    narrowed = json.loads(
        _sent(scholar.get(reverse("my_notes_file", args=["jsonld"]), {"category": "dispute"}))
    )

    assert [row["words"] for row in rows] == ["الضفة", "السوق", "خشب", "حجر أبيض"]
    assert rows[0]["body"] == "'=SUM(A1)"
    assert narrowed["type"] == "AnnotationCollection"
    assert narrowed["total"] == 1
    (note,) = narrowed["first"]["items"]
    assert note["body"][0]["value"] == "=SUM(A1)"
    assert scholar.get(reverse("my_notes_file", args=["xml"])).status_code == 404


def test_nobody_takes_along_what_they_may_not_see_any_more(scholar, people, text, notes):
    text.work.access = "draft"
    text.work.save()

    table = _sent(scholar.get(reverse("my_notes_file", args=["csv"]))).decode()
    told = _sent(scholar.get(reverse("my_notes_file", args=["jsonld"]))).decode()

    for words in ("حجر أبيض", "Bridges", "الجسور"):
        assert words not in table
        assert words not in told
    assert "حجر محلّي" in table


def test_a_file_asks_the_database_as_often_for_three_as_for_thirty(scholar, people, text, notes):
    counts = []
    for more in (0, 27):
        for number in range(more):
            make_note(text, CONTENT[number : number + 5], by=people["scholar"])
        for form in ("csv", "jsonld"):
            with CaptureQueriesContext(connection) as asked:
                _sent(scholar.get(reverse("my_notes_file", args=[form])))
            counts.append(len(asked))

    assert counts[:2] == counts[2:]


def _sent(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_handing_in_is_undone_as_one_while_nobody_has_decided(client, people, notes):
    client.force_login(people["scholar"])
    client.post(reverse("my_notes"), {"act": "submit", "version": versions(notes), "key": "k"})
    submission = Submission.objects.get()
    decide_note(notes[0], Outcome.RETURN, by=people["reviewer"], reason="زدها")
    sent = {"act": "recall", "submission": submission.public_id}
    page = client.get("/en/desk/notes/").content.decode()

    answer = client.post("/en/desk/notes/", sent, follow=True)
    again = client.post("/en/desk/notes/", sent, follow=True)

    assert "Take 2 notes back from the reviewers" in page
    assert "2 notes are drafts again." in answer.content.decode()
    assert "1 note was changed or handed in since, and stays." in answer.content.decode()
    assert "None of these notes waits any more" in again.content.decode()
    assert 'value="recall"' not in again.content.decode()
    assert [Annotation.objects.get(pk=note.pk).status for note in notes] == ["returned", "draft", "draft"]
    client.force_login(people["reviewer"])
    assert notes[1].public_id not in client.get(reverse("review_queue")).content.decode()
    assert client.get(reverse("note_page", args=[notes[1].public_id])).status_code == 404


def test_nobody_takes_back_what_others_handed_in(people, text):
    note = make_note(text, by=people["scholar"])
    submission = submit_note(note)

    with pytest.raises(NotVisible):
        recall_submission(submission=submission.public_id, by=people["editor"])
    note.refresh_from_db()
    assert note.status == "submitted"
