"""Notes decided alike across the reviewers' queue: chosen as it is narrowed, looked at, and only then recorded."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access import deciding_alike
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.submit import submit
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import Outcome
from annotations.models import Annotation, Decision, Submission
from annotations.values import NoteInput
from archive.models import Role, User
from tests.factories import make_user
from tests.factories_notes import decide_note, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/review/several/"
OUTCOMES = {"accepted": Outcome.ACCEPT, "returned": Outcome.RETURN, "declined": Outcome.DECLINE}


@dataclass
class Queue:
    """Three submissions of two authors, one of them with the reviewer's own note beside."""

    notes: dict[str, Annotation]
    submissions: dict[str, Submission]
    people: dict[str, User]


@pytest.fixture
def waits(people) -> Queue:
    text, other = make_text(), make_text(slug="wells")
    people["second"] = make_user("second@example.org", "scholar")
    notes = {
        "stone": make_note(text, "حجر", by=people["scholar"], body="شرح حجر."),
        "wood": make_note(text, "خشب", by=people["scholar"], body="شرح خشب.", category="place"),
        "market": make_note(other, "السوق", by=people["second"], body="شرح السوق."),
        "own": make_note(other, "حجر", by=people["reviewer"], body="حاشيتي."),
    }
    submissions = {name: submit_note(note) for name, note in notes.items()}
    for note in notes.values():
        note.refresh_from_db()
    return Queue(notes, submissions, people)


@pytest.fixture
def reviewer(client, people):
    client.force_login(people["reviewer"])
    return client


def sent(waits: Queue, *names: str, outcome: str = "accept", reason: str = "", step: str = "look"):
    versions = [waits.notes[name].newest_version for name in names]
    ticked = [f"{one.public_id}:{one.content_hash}" for one in versions]
    return {"note": ticked, "outcome": outcome, "reason": reason, "step": step}


def states(waits: Queue) -> dict[str, str]:
    return {name: Annotation.objects.get(pk=note.pk).status for name, note in waits.notes.items()}


def shown(waits: Queue, answer) -> set[str]:
    """Return the notes that a page offers, or would decide on."""
    names = {note.pk: name for name, note in waits.notes.items()}
    return {names[item.facts.note.pk] for item in answer.context["items"]}


def left(waits: Queue, answer, name: str = "left") -> dict[str, str]:
    """Return the notes that it leaves, with why."""
    names = {note.pk: name for name, note in waits.notes.items()}
    return {names[item.facts.note.pk] if item else "": str(words) for item, words in answer.context[name]}


def test_all_that_waits_is_offered_by_submission_but_nobody_s_own(reviewer, waits):
    answer = reviewer.get(PAGE)

    page = answer.content.decode()
    assert shown(waits, answer) == {"stone", "wood", "market"}
    assert "شرح السوق." in page
    assert "<mark>السوق</mark>" in page
    assert "حاشيتي." not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"category": "place"}, {"wood"}), ({"work": "wells"}, {"market"}), ({"place": "image"}, set()),
        ({"language": "ar"}, {"stone", "wood", "market"}), ({"author": "second"}, {"market"}),
        ({"submission": ["stone"]}, {"stone"}), ({"submission": ["stone", "market"]}, {"stone", "market"}),
        # What was ticked is narrowed too: the notes that were on the screen are meant.
        ({"submission": ["stone", "wood"], "category": "place"}, {"wood"}),
        ({"submission": ["own"]}, set()), ({"submission": ["nothing"]}, set()),
    ],
)  # fmt: skip
def test_the_queue_s_filters_and_ticks_say_what_is_offered(reviewer, waits, query, names):
    if "submission" in query:
        ids = {name: row.public_id for name, row in waits.submissions.items()}
        query = {**query, "submission": [ids.get(name, name) for name in query["submission"]]}
    if "author" in query:
        query = {"author": waits.people["second"].public_id}

    assert shown(waits, reviewer.get(PAGE, query)) == names


def test_the_queue_leads_there_as_it_is_narrowed(reviewer, waits):
    page = reviewer.get("/en/desk/review/", {"category": "place"}).content.decode()

    assert f'action="{PAGE}"' in page
    assert '<input type="hidden" name="category" value="place">' in page
    assert f'name="submission" value="{waits.submissions["wood"].public_id}" form="alike"' in page
    assert "at most 100 notes" in page
    assert PAGE not in reviewer.get("/en/desk/review/", {"state": "decided"}).content.decode()


@pytest.mark.parametrize(
    ("outcome", "status"), [("accept", "accepted"), ("return", "returned"), ("decline", "declined")]
)
def test_notes_of_several_submissions_are_looked_at_and_then_decided_alike(reviewer, waits, outcome, status):
    looked = reviewer.post(PAGE, sent(waits, "stone", "market", outcome=outcome, reason="زد المصدر"))
    assert shown(waits, looked) == {"stone", "market"}
    assert looked.context["stay"] == 1
    assert not Decision.objects.exists()

    answer = reviewer.post(
        f"{PAGE}?language=ar",
        sent(waits, "stone", "market", outcome=outcome, reason="زد المصدر", step="record"),
    )

    assert answer["Location"] == "/en/desk/review/?language=ar"
    assert states(waits) == {"stone": status, "wood": "submitted", "market": status, "own": "submitted"}


@pytest.mark.parametrize("step", ["look", "record"])
def test_what_others_did_meanwhile_is_told_and_left(reviewer, waits, step):
    people = waits.people
    form = sent(waits, "stone", "wood", "market", outcome="return", reason="لماذا؟", step=step)
    decide_note(waits.notes["stone"], Outcome.ACCEPT, by=people["administrator"])
    wood = waits.notes["wood"]
    withdraw_annotation(
        annotation=wood.public_id, version_id=wood.newest_version.public_id, by=people["scholar"]
    )

    answer = reviewer.post(PAGE, form)

    told = left(waits, answer, "left" if step == "look" else "refused")
    assert set(told) == {"stone", ""}
    if step == "look":
        assert shown(waits, answer) == {"market"}
        assert told["stone"].startswith("Another reviewer accepted it.")
        assert "taken back" in told[""]
    else:
        assert answer.status_code == 409
        assert "لماذا؟" in answer.content.decode()
    assert states(waits)["market"] == ("submitted" if step == "look" else "returned")
    assert states(waits)["stone"] == "accepted"


#: What happened to a note after it was on the screen, and what its reviewer is told of it.
@pytest.mark.parametrize(
    ("happened", "words"),
    [
        ("accepted", "Another reviewer accepted it"), ("returned", "Another reviewer returned it"),
        ("declined", "Another reviewer declined it"), ("mine", "You have decided on it"), ("revised", "no longer to be seen"),
        ("handed in anew", "changed it since"), ("own", "You wrote it"), ("wrote", "You wrote a version of it"),
        ("unknown", "no longer to be seen"),
    ],
)  # fmt: skip
def test_why_a_note_is_not_to_be_decided_on_is_said(reviewer, waits, happened, words):
    people, note = waits.people, waits.notes["stone"]
    form = sent(waits, "stone")
    if happened in OUTCOMES:
        decide_note(note, OUTCOMES[happened], by=people["administrator"], reason="سبب")
    elif happened == "mine":
        decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    elif happened in ("revised", "handed in anew"):
        revise_annotation(
            annotation=note.public_id, version_id=note.newest_version.public_id, note=NoteInput(body="آخر."),
            by=people["scholar"],
        )  # fmt: skip
        if happened == "handed in anew":
            submit_note(note)
    elif happened == "own":
        form = sent(waits, "own")
    elif happened == "wrote":
        # An account that wrote it for somebody else.
        Annotation.objects.filter(pk=note.pk).update(author=people["second"])
        people["scholar"].roles.add(Role.objects.get(code="reviewer"))
        reviewer.force_login(User.objects.get(pk=people["scholar"].pk))
    else:
        form = {**form, "note": "nosuchversion:x"}

    answer = reviewer.post(PAGE, form)

    assert shown(waits, answer) == set()
    ((_item, told),) = answer.context["left"]
    assert words in str(told)
    assert words in answer.content.decode()


@pytest.mark.parametrize("outcome", ["accept", "return", "decline"])
@pytest.mark.parametrize("step", ["look", "record"])
def test_nobody_decides_their_own_by_this_path(reviewer, waits, outcome, step):
    answer = reviewer.post(PAGE, sent(waits, "own", "stone", outcome=outcome, reason="سبب", step=step))

    assert answer.status_code == (200 if step == "look" else 409)
    assert states(waits)["own"] == "submitted"
    assert not Decision.objects.filter(version__annotation=waits.notes["own"]).exists()
    assert not Decision.objects.filter(author=waits.people["reviewer"]).exists()


@pytest.mark.parametrize(
    ("role", "code"), [("scholar", 403), ("member", 403), ("archivist", 403), ("editor", 403)]
)
def test_who_reviews_nothing_decides_nothing(client, waits, role, code):
    client.force_login(waits.people[role])

    assert client.get(PAGE).status_code == code
    assert client.post(PAGE, sent(waits, "market", step="record")).status_code == code
    assert not Decision.objects.exists()


def test_what_of_the_same_submissions_is_not_theirs_is_shown_with_why(reviewer, people):
    text = make_text()
    made = [make_note(text, words, by=people["scholar"]) for words in ("حجر", "خشب")]
    submission = submit(version_ids=[one.newest_version.public_id for one in made], by=people["scholar"])
    decide_note(made[0], Outcome.ACCEPT, by=people["administrator"])

    for address in (PAGE, reverse("review_several", args=[submission.public_id]).replace("/ar/", "/en/")):
        answer = reviewer.get(address)
        assert [item.facts.note.pk for item in answer.context["items"]] == [made[1].pk]
        assert [(item.facts.note.pk, str(words)[:16]) for item, words in answer.context["others"]] == [
            (made[0].pk, "Another reviewer")
        ]
        assert "1 other note is not yours to decide on" in answer.content.decode()


def test_only_so_many_are_decided_in_one_step_and_it_says_so(reviewer, waits, monkeypatch):
    monkeypatch.setattr(deciding_alike, "MOST", 2)
    monkeypatch.setattr("annotations.views.review_several.MOST", 2)

    first = reviewer.get(PAGE)
    assert shown(waits, first) == {"stone", "wood"}
    assert "These are the 2 that have waited longest; 1 more is offered after them." in first.content.decode()

    refused = reviewer.post(PAGE, sent(waits, "stone", "wood", "market", step="record"))
    assert refused.status_code == 422
    assert "At most 2 notes" in refused.content.decode()
    assert not Decision.objects.exists()


def test_the_pages_are_read_in_a_number_of_queries_that_does_not_grow(reviewer, waits):
    def queries(*names: str) -> tuple[int, int]:
        form = sent(waits, *names)
        with CaptureQueriesContext(connection) as choosing:
            reviewer.get(PAGE)
        with CaptureQueriesContext(connection) as looking:
            reviewer.post(PAGE, form)
        return len(choosing), len(looking)

    queries("stone", "market")
    few = queries("stone", "market")
    text = waits.notes["stone"].text
    for words in ("الجسر", "حجر أبيض", "خشب"):
        waits.notes[words] = make_note(text, words, by=waits.people["scholar"])
        submit_note(waits.notes[words])
        waits.notes[words].refresh_from_db()

    assert queries("stone", "market", "الجسر", "خشب") == few
