"""A second reviewer accepts what another has accepted, for editions that ask for more than one approval."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from annotations.actions.decide import decide
from annotations.actions.revise_annotation import revise_annotation
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight
from annotations.enums import AnnotationStatus, Outcome
from annotations.errors import PreflightFailed
from annotations.models import Annotation, Decision, Edition, SubmissionItem
from annotations.values import NoteInput
from archive.errors import InvalidTransition, NotAllowed, NotVisible, Stale
from archive.models import AuditEvent, Notice, Role
from tests.factories import make_user
from tests.factories_editions import make_desk
from tests.factories_notes import decide_note, make_accepted, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def second():
    return make_user("second@example.org", "reviewer")


@pytest.fixture
def accepted(people):
    return make_accepted(make_text(), author=people["scholar"], reviewer=people["reviewer"])


def test_second_reviewer_vouches_for_the_same_version_and_nothing_else_changes(accepted, second):
    before = Annotation.objects.values().get(pk=accepted.pk)
    notices = list(Notice.objects.values())

    decision = decide_note(accepted, Outcome.ACCEPT, by=second)

    assert decision.version_id == before["accepted_version_id"]
    assert Annotation.objects.values().get(pk=accepted.pk) == before
    assert list(Notice.objects.values()) == notices
    event = AuditEvent.objects.order_by("sequence").last()
    assert (event.action, event.actor_id) == ("annotation.decided", second.pk)


def test_nobody_vouches_twice(people, accepted, second):
    decide_note(accepted, Outcome.ACCEPT, by=second)

    for reviewer in (people["reviewer"], second):
        with pytest.raises(InvalidTransition):
            decide_note(accepted, Outcome.ACCEPT, by=reviewer)
    assert Decision.objects.count() == 2


def test_database_refuses_a_second_decision_of_one_reviewer(people, accepted):
    one = Decision.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            version=one.version,
            author=one.author,
            reviewer=one.reviewer,
            outcome="accept",
            content_hash=one.content_hash,
        )


def test_author_who_reviews_does_not_vouch_for_their_own(people, accepted):
    people["scholar"].roles.add(Role.objects.get(code="reviewer"))

    with pytest.raises(NotAllowed):
        decide_note(accepted, Outcome.ACCEPT, by=type(people["scholar"]).objects.get(pk=people["scholar"].pk))


@pytest.mark.parametrize("role", ["archivist", "editor", "scholar", "member"])
def test_only_reviewers_vouch(people, accepted, role):
    somebody = people[role] if role != "scholar" else make_user("other@example.org", "scholar")

    with pytest.raises(NotAllowed):
        decide_note(accepted, Outcome.ACCEPT, by=somebody)


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.DECLINE])
def test_what_is_accepted_is_not_refused_any_more(accepted, second, outcome):
    with pytest.raises(InvalidTransition):
        decide_note(accepted, outcome, by=second)


def test_edition_that_asks_for_two_names_the_notes_that_lack_one_and_is_sealed_with_two(people, second):
    desk = make_desk(people)
    Edition.objects.filter(pk=desk.edition.pk).update(required_approvals=2)

    with pytest.raises(PreflightFailed):
        desk.seal()
    desk.edition.refresh_from_db()
    lacking = {f.id: f.params for f in preflight(gather(desk.edition)) if f.code == "few_approvals"}
    assert set(lacking) == {note.public_id for note in desk.notes.values()}
    assert {(params["have"], params["need"]) for params in lacking.values()} == {(1, 2)}

    for note in desk.notes.values():
        decide_note(note, Outcome.ACCEPT, by=second)

    release = desk.seal()
    assert all(one.public_id in release.snapshot for one in (people["reviewer"], second))


def test_review_page_offers_it_to_those_who_may_and_records_it(client, people, accepted, second):
    item = SubmissionItem.objects.get(version=accepted.accepted_version)
    page = reverse("review_submission", args=[item.submission.public_id])
    sent = {
        "version": accepted.accepted_version.public_id, "content_hash": accepted.accepted_version.content_hash,
        "outcome": "accept",
    }  # fmt: skip

    client.force_login(people["reviewer"])
    assert b'value="accept"' not in client.get(page).content
    client.force_login(second)
    assert b'value="accept"' in client.get(page).content
    client.post(page, sent)

    assert set(Decision.objects.values_list("reviewer", flat=True)) == {people["reviewer"].pk, second.pk}
    assert b'value="accept"' not in client.get(page).content
    accepted.refresh_from_db()
    assert accepted.status == AnnotationStatus.ACCEPTED


def test_api_records_it(client, accepted, second):
    client.force_login(second)
    version = accepted.accepted_version
    sent = {"version_id": version.public_id, "content_hash": version.content_hash, "outcome": "accept"}

    answers = [client.post("/api/decisions/", sent, content_type="application/json") for _time in range(2)]

    assert [answer.status_code for answer in answers] == [201, InvalidTransition.status]
    assert Decision.objects.filter(version=version, outcome="accept").count() == 2


def test_decision_names_the_hash_that_was_read(accepted, second):
    with pytest.raises(Stale):
        decide(
            version_id=accepted.accepted_version.public_id,
            content_hash="0" * 64,
            outcome=Outcome.ACCEPT,
            by=second,
        )


def test_vouching_for_what_its_author_writes_anew_tells_nothing_of_the_new_words(accepted, second):
    standing = Annotation.objects.get(pk=accepted.pk).accepted_version
    revise_annotation(
        annotation=accepted.public_id,
        version_id=standing.public_id,
        note=NoteInput(body="أجد"),
        by=accepted.author,
    )
    told = {"version_id": standing.public_id, "content_hash": standing.content_hash, "by": second}

    with pytest.raises(InvalidTransition):
        decide(outcome=Outcome.DECLINE, reason="لا", **told)
    decision = decide(outcome=Outcome.ACCEPT, **told)

    accepted.refresh_from_db()
    assert decision.version_id == accepted.accepted_version_id == standing.pk
    assert accepted.status == AnnotationStatus.DRAFT


@pytest.mark.parametrize("names_its_hash", [False, True])
def test_version_that_only_its_author_knows_is_not_there_for_a_reviewer(accepted, second, names_its_hash):
    standing = Annotation.objects.get(pk=accepted.pk).accepted_version
    revised = revise_annotation(
        annotation=accepted.public_id,
        version_id=standing.public_id,
        note=NoteInput(body="أجد"),
        by=accepted.author,
    )

    with pytest.raises(NotVisible):
        decide(
            version_id=revised.newest_version.public_id,
            content_hash=revised.newest_version.content_hash if names_its_hash else "0" * 64,
            outcome=Outcome.ACCEPT,
            by=second,
        )
