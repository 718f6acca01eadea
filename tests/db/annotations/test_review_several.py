"""Several notes decided alike: ticked, looked at, and recorded only then."""

from __future__ import annotations

import pytest

from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.submit import submit
from annotations.enums import Outcome
from annotations.models import Annotation, Decision
from annotations.values import NoteInput
from tests.factories_notes import decide_note, make_note, make_text

pytestmark = pytest.mark.django_db
WORDS = ("حجر", "خشب", "السوق")


@pytest.fixture
def notes(people) -> list[Annotation]:
    text = make_text()
    made = [make_note(text, words, body=f"شرح {words}.", by=people["scholar"]) for words in WORDS]
    submit(version_ids=[one.newest_version.public_id for one in made], by=people["scholar"])
    return made


@pytest.fixture
def address(notes) -> str:
    item = notes[0].newest_version.submission_items.get()
    return f"/en/desk/review/{item.submission.public_id}/several/"


@pytest.fixture
def reviewer(client, people):
    client.force_login(people["reviewer"])
    return client


def form(notes, outcome: str = "accept", reason: str = "", step: str = "look"):
    ticked = [f"{one.newest_version.public_id}:{one.newest_version.content_hash}" for one in notes]
    return {"note": ticked, "outcome": outcome, "reason": reason, "step": step}


def states(notes) -> list[str]:
    return [Annotation.objects.get(pk=one.pk).status for one in notes]


def test_all_that_waits_is_offered_ticked(reviewer, notes, address):
    page = reviewer.get(address).content.decode()

    for value in form(notes)["note"]:
        assert f'<input type="checkbox" name="note" value="{value}" checked>' in page
    assert all(f"شرح {words}." in page for words in WORDS)


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        ("accept", "", "2 notes will be accepted."), ("return", "زد المصدر", "2 notes will be returned to their author."),
        ("decline", "مكرّر", "2 notes will be declined."),
    ],
)  # fmt: skip
def test_looking_names_what_will_be_done_and_records_nothing(reviewer, notes, address, outcome, reason, said):
    page = reviewer.post(address, form(notes[:2], outcome, reason)).content.decode()

    assert said in page
    assert "1 other goes on waiting." in page
    assert reason in page
    assert "شرح حجر." in page
    assert "شرح السوق." not in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "status"), [("accept", "accepted"), ("return", "returned"), ("decline", "declined")]
)
def test_recording_decides_on_the_ticked_ones_alone(reviewer, notes, address, outcome, status):
    answer = reviewer.post(address, form(notes[:2], outcome, "زد المصدر", "record"))

    assert answer.status_code == 302
    assert states(notes) == [status, status, "submitted"]
    assert {row.reason for row in Decision.objects.all()} == {"زد المصدر"}


def test_it_is_said_in_arabic_too(reviewer, notes, address):
    page = reviewer.post(
        address.replace("/en/", "/ar/"), form(notes[:2], "return", "زد المصدر")
    ).content.decode()

    assert "ستُعاد إلى كاتبها حاشيتان." in page
    assert "تبقى واحدة أخرى منتظرة." in page


def test_going_back_keeps_ticks_outcome_and_reason(reviewer, notes, address):
    page = reviewer.post(address, form(notes[1:], "decline", "مكرّر", "back")).content.decode()

    assert f'value="{form(notes)["note"][0]}">' in page
    assert f'value="{form(notes)["note"][1]}" checked>' in page
    assert 'value="decline" checked>' in page
    assert ">مكرّر</textarea>" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("step", ["look", "record"])
@pytest.mark.parametrize(
    ("few", "outcome", "words"),
    [(0, "accept", "Tick at least one note."), (2, "return", "Say why"), (2, "decline", "Say why")],
)
def test_what_is_missing_is_asked_for(reviewer, notes, address, step, few, outcome, words):
    answer = reviewer.post(address, form(notes[:few], outcome, "", step))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_was_revised_or_decided_since_is_told_and_the_rest_recorded(reviewer, people, notes, address):
    sent = form(notes, "return", "زد المصدر", "record")
    decide_note(notes[0], Outcome.ACCEPT, by=people["administrator"])
    revise_annotation(
        annotation=notes[1].public_id, version_id=notes[1].newest_version.public_id,
        note=NoteInput(body="شرح آخر."), by=people["scholar"],
    )  # fmt: skip

    looked = reviewer.post(address, {**sent, "step": "look"}).content.decode()
    answer = reviewer.post(address, sent)

    assert "1 note will be returned to its author." in looked
    assert "2 that you ticked are left as they are." in looked
    assert "Another reviewer accepted it." in looked
    assert answer.status_code == 409
    assert "2 decisions were not recorded." in answer.content.decode()
    assert "زد المصدر" in answer.content.decode()
    assert states(notes) == ["accepted", "draft", "returned"]


@pytest.mark.parametrize(
    ("role", "code"), [("scholar", 403), ("member", 403), ("archivist", 403), ("editor", 403)]
)
def test_who_reviews_nothing_decides_nothing(client, people, notes, address, role, code):
    client.force_login(people[role])

    assert client.get(address).status_code == code
    assert client.post(address, form(notes, step="record")).status_code == code
    assert not Decision.objects.exists()


def test_nobody_decides_their_own_so(client, people):
    note = make_note(make_text(slug="own"), by=people["reviewer"])
    made = submit(version_ids=[note.newest_version.public_id], by=people["reviewer"])
    client.force_login(people["reviewer"])
    address = f"/en/desk/review/{made.public_id}/several/"

    assert "Nothing here waits for you" in client.get(address).content.decode()
    assert client.post(address, form([note], step="record")).status_code == 409
    assert states([note]) == ["submitted"]
    assert not Decision.objects.exists()
