"""A reviewer who returns a note suggests how it should be worded; its author, and nobody else, takes that with one press."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.decide import decide
from annotations.actions.hand_over import hand_over
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.take_wording import take_wording
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import AnnotationStatus as Status
from annotations.enums import Category, Outcome
from annotations.models import AnnotationVersion, Decision
from annotations.values import MAX_BODY, NoteInput, RegionPlace
from archive.errors import Invalid, NotAllowed, NotVisible, Stale, VersionMissing
from archive.models import AuditEvent, User
from archive.models.base import InsertOnlyError
from tests.factories import make_user
from tests.factories_editions import make_desk, make_image
from tests.factories_notes import decide_note, make_accepted, make_note, make_placed, make_text, submit_note

pytestmark = pytest.mark.django_db
BODY = "حجر محلّي من الجبل."
BETTER = "حجر أبيض محلّي، من مقالع الجبل.\n\nانظر **الدفتر**، ص ٣."
REASON = "سمِّ المقلع."


@pytest.fixture
def text():
    return make_text()


@pytest.fixture
def note(people, text):
    made = make_note(text, by=people["scholar"], body=BODY, category=Category.PLACE)
    submit_note(made)
    made.refresh_from_db()
    return made


def suggest(note, people, wording=BETTER) -> Decision:
    return decide_note(note, Outcome.RETURN, by=people["reviewer"], reason=REASON, suggestion=wording)


def take(note, decision, by, version=None):
    note.refresh_from_db()
    version = note.newest_version.public_id if version is None else version
    return take_wording(annotation=note.public_id, decision=decision.public_id, version_id=version, by=by)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


# What may be suggested.


@pytest.mark.parametrize(
    ("outcome", "wording", "code"),
    [
        (Outcome.RETURN, BETTER, None),
        (Outcome.RETURN, "x" * MAX_BODY, None),
        (Outcome.RETURN, None, None),
        (Outcome.ACCEPT, None, None),
        # A suggestion is for a note that comes back, to be gone on with.
        (Outcome.ACCEPT, BETTER, "suggestion_unreturned"),
        (Outcome.DECLINE, BETTER, "suggestion_unreturned"),
        (Outcome.DECLINE, "", "suggestion_unreturned"),
        # What says nothing, nothing new, or more than a note may, is none.
        (Outcome.RETURN, "", "suggestion_empty"),
        (Outcome.RETURN, " \r\n ", "suggestion_empty"),
        (Outcome.RETURN, BODY, "suggestion_same"),
        (Outcome.RETURN, f"{BODY}\r\n", "suggestion_same"),
        (Outcome.RETURN, "x" * (MAX_BODY + 1), "too_long"),
        (Outcome.RETURN, "حجر\x00", "control_character"),
    ],
)
def test_what_may_be_suggested_with_which_outcome(people, note, outcome, wording, code):
    version = note.newest_version
    given = {"version_id": version.public_id, "content_hash": version.content_hash, "reason": REASON}

    if code is None:
        decided = decide(outcome=outcome, suggestion=wording, by=people["reviewer"], **given)
        assert decided.suggestion == (wording or "")
        return
    with pytest.raises(Invalid, match=code) as caught:
        decide(outcome=outcome, suggestion=wording, by=people["reviewer"], **given)
    assert caught.value.params["field"] == "suggestion"
    assert not Decision.objects.exists()
    note.refresh_from_db()
    assert note.status == Status.SUBMITTED


def test_lines_end_as_in_notes_whatever_the_form_sends(people, note):
    assert suggest(note, people, BETTER.replace("\n", "\r\n") + "\r\n").suggestion == BETTER


def test_database_itself_keeps_suggestions_to_returned_notes_and_unchanged(people, note):
    version = note.newest_version
    fields = {
        "version": version,
        "author": note.author,
        "reviewer": people["reviewer"],
        "content_hash": "x",
        "reason": "x",
    }

    for outcome in ("accept", "decline"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(outcome=outcome, suggestion="x", **fields)
    made = Decision.objects.create(outcome="return", suggestion="x", **fields)
    with pytest.raises(InsertOnlyError):
        made.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(suggestion="y")


def test_suggestion_is_on_the_record_by_its_hash(people, note):
    suggest(note, people)

    event = AuditEvent.objects.order_by("sequence").last()
    assert event.action == "annotation.decided"
    assert len(event.facts["suggestion"]) == 64


# Who may take it, and when.


def test_author_takes_it_and_the_note_is_a_draft_that_says_so(people, text):
    note = make_note(
        text, by=people["scholar"], body=BODY, category=Category.PLACE, language="ar", tags=()
    )  # fmt: skip
    submit_note(note)
    decision = suggest(note, people)

    taken = take(note, decision, people["scholar"])

    version = taken.newest_version
    assert (taken.status, version.number, version.body, version.created_by) == (
        Status.DRAFT, 2, BETTER, people["scholar"],
    )  # fmt: skip
    assert (version.category, version.locus_id) == (Category.PLACE, decision.version.locus_id)
    actions = list(AuditEvent.objects.order_by("-sequence").values_list("action", flat=True)[:2])
    assert actions == ["annotation.wording_taken", "annotation.revised"]
    submit_note(taken)
    taken.refresh_from_db()
    assert taken.status == Status.SUBMITTED


@pytest.mark.parametrize("who", ["member", "archivist", "reviewer", "editor", "administrator"])
def test_nobody_but_the_author_takes_it(people, note, who):
    decision = suggest(note, people)

    with pytest.raises((NotVisible, NotAllowed)):
        take(note, decision, people[who])
    assert note.versions.count() == 1


@pytest.mark.parametrize(
    ("after", "error"),
    [
        ("nothing", None),
        # What says something else by now is not written over.
        ("revised", Stale),
        ("revised and read anew", Stale),
        ("revised and handed in", Stale),
        ("withdrawn", NotAllowed),
        ("without a version", VersionMissing),
        ("of another note", NotVisible),
        ("without a wording", NotVisible),
    ],
)
def test_when_it_can_be_taken(people, text, note, after, error):
    author, other = people["scholar"], make_note(text, "من خشب", by=people["scholar"])
    submit_note(other)
    decision = suggest(note, people, None if after == "without a wording" else BETTER)
    of_other = suggest(other, people)
    note.refresh_from_db()
    read = version = note.newest_version.public_id
    if after.startswith("revised"):
        revise_annotation(annotation=note.public_id, version_id=read, note=NoteInput(body="غيرها"), by=author)
        note.refresh_from_db()
        version = read if after == "revised" else note.newest_version.public_id
    if after == "revised and handed in":
        submit_note(note)
    if after == "withdrawn":
        withdraw_annotation(annotation=note.public_id, version_id=read, by=author)
    if after == "without a version":
        version = ""
    before = AnnotationVersion.objects.count()
    taking = of_other if after == "of another note" else decision

    if error is None:
        assert take(note, taking, author, version).newest_version.body == BETTER
        return
    with pytest.raises(error):
        take(note, taking, author, version)
    assert AnnotationVersion.objects.count() == before


def test_taken_twice_it_is_taken_once(people, note):
    decision = suggest(note, people)
    read = note.newest_version.public_id
    take(note, decision, people["scholar"], read)

    again = take(note, decision, people["scholar"], read)

    assert again.newest_version.number == 2
    assert AuditEvent.objects.filter(action="annotation.wording_taken").count() == 1


def test_who_took_the_notes_over_takes_no_wording_that_they_may_not_read(people, note):
    """A reason is told to whom it was written for; a scholar who goes on with the note never knew of it."""
    decision = suggest(note, people)
    User.objects.filter(pk=people["scholar"].pk).update(is_active=False)
    taker = make_user("taker@example.org", "scholar")
    hand_over(giver=User.objects.get(pk=people["scholar"].pk), taker=taker, by=people["administrator"])

    with pytest.raises(NotVisible):
        take(note, decision, taker)


def test_accepted_note_that_was_rewritten_and_returned_takes_it_too(people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    accepted = note.accepted_version
    revise_annotation(
        annotation=note.public_id,
        version_id=accepted.public_id,
        note=NoteInput(body=BODY),
        by=people["scholar"],
    )
    submit_note(note)
    decision = suggest(note, people)

    taken = take(note, decision, people["scholar"])

    assert (taken.newest_version.body, taken.accepted_version) == (BETTER, accepted)


# The pages.


def review_page(note):
    return reverse(
        "review_submission", args=[note.newest_version.submission_items.get().submission.public_id]
    )


def sent(note, **more):
    version = note.newest_version
    given = {"version": version.public_id, "content_hash": version.content_hash, "reason": REASON}
    return given | {"outcome": "return", "suggestion": BETTER} | more


def test_form_begins_with_the_words_of_the_note(people, note):
    page = signed_in(people["reviewer"]).get(review_page(note)).content.decode()

    field = page[page.index('name="suggestion"') :].split("</textarea>")[0]
    assert field.partition(">")[2].strip() == BODY
    assert 'lang="ar"' in field


@pytest.mark.parametrize(
    ("more", "status", "kept"),
    [
        ({}, 302, BETTER),
        # Left as it is, the field suggests nothing, whatever is decided.
        ({"suggestion": f"{BODY}\r\n"}, 302, ""),
        ({"suggestion": BODY, "outcome": "accept"}, 302, ""),
        ({"suggestion": "", "outcome": "decline"}, 302, ""),
        ({"outcome": "accept"}, 422, None),
        ({"outcome": "decline"}, 422, None),
        ({"suggestion": " "}, 422, None),
        ({"suggestion": "x" * (MAX_BODY + 1)}, 422, None),
        ({"reason": ""}, 422, None),
    ],
)
def test_form_sends_a_wording_and_loses_none(people, note, more, status, kept):
    answer = signed_in(people["reviewer"]).post(review_page(note), sent(note, **more))

    assert answer.status_code == status
    found = list(Decision.objects.values_list("suggestion", flat=True))
    assert found == ([] if kept is None else [kept])
    if kept is None:
        page = answer.content.decode()
        assert 'role="alert"' in page
        assert more.get("suggestion", BETTER).strip() in page
        assert more.get("reason", REASON) in page


def test_wording_for_a_note_that_was_changed_meanwhile_is_refused_and_shown_again(people, note):
    post = sent(note)
    page = review_page(note)
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, note=NoteInput(body="غيرها"),
        by=people["scholar"],
    )  # fmt: skip

    answer = signed_in(people["reviewer"]).post(page, post)

    assert answer.status_code == 412
    assert BETTER.split("\n", 1)[0] in answer.content.decode()
    assert not Decision.objects.exists()


def test_difference_is_shown_before_anything_is_recorded(people, note):
    client = signed_in(people["reviewer"])

    whole = client.post(review_page(note), sent(note, outcome="compare"))
    part = client.post(review_page(note), sent(note, part="1"))

    for answer in (whole, part):
        assert answer.status_code == 200
        assert "<ins>أبيض </ins>" in answer.content.decode()
    assert REASON in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert not Decision.objects.exists()


def pages_of(note) -> list[str]:
    return [
        reverse("my_notes"), reverse("workbench", args=[note.text.public_id]) + f"?note={note.public_id}",
        reverse("talk", args=[note.public_id]), reverse("note_history", args=[note.public_id]),
        reverse("wording", args=[note.public_id]),
    ]  # fmt: skip


def test_author_sees_it_as_a_difference_with_the_reason_and_the_button(people, note):
    decision = suggest(note, people)
    client = signed_in(people["scholar"])

    for url in pages_of(note):
        page = client.get(url).content.decode()
        assert (url, REASON in page, "<ins>أبيض </ins>" in page) == (url, True, True)
        assert (f'value="{decision.public_id}"' in page) == ("history" not in url), url
    told = client.get(reverse("note", args=[note.public_id])).json()["decision"]["wording"]
    assert ["ins", "أبيض "] in told["parts"]
    assert (told["take"], told["language"]) == (decision.public_id, "ar")


def test_note_that_was_gone_on_from_tells_the_reason_as_past_and_shows_no_comparison(people, note):
    decision = suggest(note, people)
    take(note, decision, people["scholar"])
    client = signed_in(people["scholar"])

    for url in pages_of(note)[:2]:
        page = client.get(url).content.decode()
        assert "أُعيدت صيغة سابقة بقرار من <bdi>reviewer</bdi>" in page, url
        assert REASON in page, url
        assert ("<ins>" in page, decision.public_id in page, "status--returned" in page) == (False,) * 3, url
    told = client.get(reverse("note", args=[note.public_id])).json()["decision"]
    assert (told["past"], told["label"], told["reason"]) == (True, "أُعيدت صيغة سابقة", REASON)
    assert "wording" not in told
    # What was compared stays in the history, beside the version that it is on.
    assert "<ins>أبيض </ins>" in client.get(reverse("note_history", args=[note.public_id])).content.decode()


def test_reviewers_see_it_without_the_button_and_members_nothing(people, note):
    decision = suggest(note, people)

    for who in ("reviewer", "editor"):
        client = signed_in(people[who])
        assert "<ins>أبيض </ins>" in client.get(reverse("wording", args=[note.public_id])).content.decode()
        for url in pages_of(note)[1:]:
            assert f'value="{decision.public_id}"' not in client.get(url).content.decode()
        assert client.get(reverse("note", args=[note.public_id])).json()["decision"]["wording"]["take"] == ""
    take(note, decision, people["scholar"])
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    member = signed_in(people["member"])
    assert member.get(reverse("wording", args=[note.public_id])).status_code == 404
    history = member.get(reverse("note_history", args=[note.public_id])).content.decode()
    # Members read the words that were accepted, and not that they were suggested.
    assert "مقالع الجبل" in history
    assert ("reviewer" in history, REASON in history) == (False, False)


@pytest.mark.parametrize(
    ("back", "led"),
    [
        ("/en/desk/notes/?status=returned", "/en/desk/notes/?status=returned#note-{note}"),
        ("https://evil.example/", "/en/desk/notes/?note={note}"),
        ("//evil.example/", "/en/desk/notes/?note={note}"),
        ("", "/en/desk/notes/?note={note}"),
    ],
)
def test_one_press_takes_it_and_leads_back(people, note, back, led):
    decision = suggest(note, people)
    client = signed_in(people["scholar"])
    given = {"decision": decision.public_id, "version": decision.version.public_id, "back": back}

    answer = client.post(f"/en/desk/notes/{note.public_id}/wording/", given)

    assert (answer.status_code, answer["Location"]) == (302, led.format(note=note.public_id))
    note.refresh_from_db()
    assert note.newest_version.body == BETTER
    page = client.get(reverse("note_history", args=[note.public_id])).content.decode()
    assert "wording suggested by <bdi>reviewer</bdi>, taken by <bdi>scholar</bdi>" in page


def test_press_on_an_old_page_is_refused_in_words_and_both_are_shown(people, note):
    decision = suggest(note, people)
    given = {"decision": decision.public_id, "version": decision.version.public_id}
    revise_annotation(
        annotation=note.public_id,
        version_id=given["version"],
        note=NoteInput(body="كلام صاحبها"),
        by=people["scholar"],
    )
    client = signed_in(people["scholar"])

    answer = client.post(f"/en/desk/notes/{note.public_id}/wording/", given)
    by_script = client.patch(
        reverse("note", args=[note.public_id]), {"take": decision.public_id}, content_type="application/json",
        headers={"If-Match": f'"{given["version"]}"'},
    )  # fmt: skip

    page = answer.content.decode()
    assert (answer.status_code, by_script.status_code) == (412, 412)
    assert "changed since this wording was suggested" in page
    assert ("كلام صاحبها" in page, "مقالع الجبل" in page) == (True, True)
    assert 'name="decision"' not in page
    assert by_script.json()["current"]["body_source"] == "كلام صاحبها"
    note.refresh_from_db()
    assert note.newest_version.body == "كلام صاحبها"


def test_reviewer_who_presses_is_refused(people, note):
    decision = suggest(note, people)
    given = {"decision": decision.public_id, "version": decision.version.public_id}

    for who, status in (("reviewer", 403), ("member", 404)):
        url = reverse("wording", args=[note.public_id])
        assert signed_in(people[who]).post(url, given).status_code == status
    assert note.versions.count() == 1


def test_script_takes_it_and_nothing_besides(people, note):
    decision = suggest(note, people)
    client, url = signed_in(people["scholar"]), reverse("note", args=[note.public_id])
    version = {"If-Match": f'"{decision.version.public_id}"'}
    both = {"take": decision.public_id, "body": "غيرها"}

    refused = client.patch(url, both, content_type="application/json", headers=version)
    empty = client.patch(url, {"take": ""}, content_type="application/json", headers=version)
    taken = client.patch(url, {"take": decision.public_id}, content_type="application/json", headers=version)

    assert (refused.status_code, empty.status_code, taken.status_code) == (422, 422, 200)
    assert (taken.json()["body_source"], taken.json()["status"]) == (BETTER, "draft")


def test_reviewer_of_what_was_taken_is_told_whose_wording_it_is(people, note):
    take(note, suggest(note, people), people["scholar"])
    note.refresh_from_db()
    submit_note(note)

    page = signed_in(people["administrator"]).get(review_page(note)).content.decode()

    assert "صياغة اقترحها <bdi>reviewer</bdi> وأخذ بها <bdi>scholar</bdi>" in page


def test_wording_that_was_changed_after_it_was_taken_is_the_authors(people, note):
    taken = take(note, suggest(note, people), people["scholar"])
    revise_annotation(
        annotation=note.public_id, version_id=taken.newest_version.public_id, note=NoteInput(body=f"{BETTER} وزدت."),
        by=people["scholar"],
    )  # fmt: skip

    page = signed_in(people["scholar"]).get(f"/en/desk/notes/{note.public_id}/history/").content.decode()

    assert page.count("wording suggested by") == 1
    assert "Version 3, by" in page


def test_notes_on_pictures_take_it_alike(people):
    image = make_image(by=people["archivist"])
    note = make_placed(RegionPlace(image.public_id, "rect", [(1, 2), (9, 10)]), author=people["scholar"])
    submit_note(note)
    decision = suggest(note, people)

    taken = take(note, decision, people["scholar"])

    assert (taken.newest_version.body, taken.newest_version.locus_id) == (BETTER, decision.version.locus_id)


def test_list_asks_no_more_for_more_wordings(people, text):
    client = signed_in(people["scholar"])

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(reverse("my_notes")).status_code == 200
        return len(found)

    for words in ("حجر أبيض", "من خشب"):
        note = make_note(text, words, by=people["scholar"], body=BODY)
        submit_note(note)
        suggest(note, people)
        if words == "حجر أبيض":
            asked()
            once = asked()
    assert asked() == once


def test_refusals_are_sentences(people, note):
    client = signed_in(people["reviewer"])

    for wording, words in ((" ", "لا تقول شيئًا"), ("x" * (MAX_BODY + 1), "20000")):
        assert words in client.post(review_page(note), sent(note, suggestion=wording)).content.decode()


def test_edition_does_not_show_what_was_suggested(people, client):
    desk = make_desk(people)
    note = make_note(desk.text, "الحجّارون", by=people["scholar"], body=BODY)
    submit_note(note)
    take(note, suggest(note, people), people["scholar"])
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    desk.release()

    notes = client.get(f"/ar/editions/{desk.edition.slug}/1/annotations.json").json()["annotations"]
    told = next(str(one) for one in notes if one["id"] == note.public_id)

    assert ("مقالع الجبل" in told, REASON in told, "reviewer" in told) == (True, False, False)


REASON = "هذا سبب طويل كتبه المراجع على مهل ولا يريد أن يكتبه مرة ثانية."
WORDING = "حجر محلّي أبيض من الجبل القريب، كما في الوثيقة."


def test_a_return_that_is_sent_after_the_session_ended_gives_its_words_back(client, people):
    note = make_note(make_text(), "حجر أبيض", by=people["scholar"])
    item = submit_note(note)
    client.force_login(people["reviewer"])
    address = reverse("review_submission", args=[item.public_id])
    client.get(address)
    client.logout()

    answer = client.post(address, {"outcome": "return", "reason": REASON, "suggestion": WORDING})

    assert answer.status_code == 403
    assert REASON in answer.text
    assert WORDING in answer.text
