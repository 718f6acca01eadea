"""Review: exactly what was read is decided, by somebody else, once; and nothing typed is lost."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotations import transitions
from annotations.access.review_figures import figures
from annotations.access.review_queue import Narrowed, queue
from annotations.access.reviewing import waiting_items
from annotations.actions.decide import decide
from annotations.actions.hand_over import hand_over
from annotations.actions.reattach import reattach
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.submit import submit
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.enums import AnnotationStatus as Status
from annotations.enums import Outcome, Visibility
from annotations.models import Annotation, Assignment, Decision, PastEvent, Submission, SubmissionItem
from annotations.values import NoteInput, RegionPlace
from archive.access import visible_to
from archive.actions.deactivate_account import deactivate_account, reactivate_account
from archive.enums import RoleCode
from archive.errors import (
    HashiyaError,
    Invalid,
    InvalidTransition,
    NotAllowed,
    NotVisible,
    Stale,
    VersionMissing,
)
from archive.models import AuditDetail, AuditEvent, Group, Notice, User
from tests.factories_editions import make_image
from tests.factories_notes import (
    CONTENT,
    add_revision,
    decide_note,
    make_accepted,
    make_note,
    make_text,
    place_of,
    submit_note,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


@pytest.fixture
def note(people, text):
    made = make_note(text, by=people["scholar"])
    submit_note(made, message="أوّل ما كتبت")
    made.refresh_from_db()
    return made


def verdict(note, outcome, by, **more):
    version = note.newest_version
    given = {"version_id": version.public_id, "content_hash": version.content_hash, "reason": "لأنّ"} | more
    return decide(outcome=outcome, by=by, **given)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.ACCEPT, Status.ACCEPTED),
        (Outcome.RETURN, Status.RETURNED),
        (Outcome.DECLINE, Status.DECLINED),
    ],
)
def test_outcome_moves_the_note_and_is_on_the_record(people, note, outcome, status):
    decision = verdict(note, outcome, people["reviewer"])

    note.refresh_from_db()
    assert note.status == status
    assert note.accepted_version == (decision.version if outcome == Outcome.ACCEPT else None)
    event = AuditEvent.objects.order_by("sequence").last()
    assert (event.action, event.facts["content_hash"]) == ("annotation.decided", decision.content_hash)
    assert AuditDetail.objects.filter(sequence=event.sequence, words="لأنّ").exists()


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.DECLINE])
def test_refusal_without_a_reason_is_refused(people, note, outcome):
    with pytest.raises(Invalid, match="reason_required"):
        verdict(note, outcome, people["reviewer"], reason="  ")


@pytest.mark.parametrize(("role", "state"), list(itertools.product([*RoleCode, "member"], Status)))
def test_who_may_decide_in_which_state(people, text, role, state):
    """Reviewers and administrators decide, on what was handed in, never on their own."""
    author = people["scholar"]
    made = make_note(text, by=author)
    submit_note(made)
    made.refresh_from_db()
    Annotation.objects.filter(pk=made.pk).update(status=state)
    allowed = role in (RoleCode.REVIEWER, RoleCode.ADMINISTRATOR) and state == Status.SUBMITTED

    if allowed:
        verdict(made, Outcome.ACCEPT, people[role])
        assert Decision.objects.count() == 1
    else:
        with pytest.raises(HashiyaError):
            verdict(made, Outcome.ACCEPT, people[role])
        assert not Decision.objects.exists()


def test_nobody_decides_their_own(people, text):
    own = make_note(text, by=people["reviewer"])
    submit_note(own)
    own.refresh_from_db()

    with pytest.raises(NotAllowed):
        verdict(own, Outcome.ACCEPT, people["reviewer"])
    assert not waiting_items(people["reviewer"]).exists()


def test_database_itself_refuses_self_approval_and_second_decisions(people, note):
    fields = {
        "version": note.newest_version, "author": note.author, "outcome": "accept", "content_hash": "x",
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(reviewer=note.author, **fields)
    Decision.objects.create(reviewer=people["reviewer"], **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(reviewer=people["reviewer"], **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(reviewer=people["administrator"], **fields | {"outcome": "return"})


def test_decision_binds_what_was_on_the_screen(people, note):
    read = note.newest_version
    revise_annotation(
        annotation=note.public_id,
        version_id=read.public_id,
        note=NoteInput(body="غيّرت رأيي"),
        by=people["scholar"],
    )

    with pytest.raises(Stale):
        decide(
            version_id=read.public_id,
            content_hash=read.content_hash,
            outcome=Outcome.ACCEPT,
            by=people["reviewer"],
        )


def test_reviewer_who_read_what_was_taken_back_meanwhile_is_told_so(people, note):
    read = note.newest_version
    withdraw_annotation(annotation=note.public_id, version_id=read.public_id, by=people["scholar"])

    with pytest.raises(InvalidTransition):
        verdict(note, Outcome.ACCEPT, people["reviewer"])


def test_decision_names_a_hash(people, note):
    with pytest.raises(VersionMissing):
        verdict(note, Outcome.ACCEPT, people["reviewer"], content_hash="")
    with pytest.raises(Stale):
        verdict(note, Outcome.ACCEPT, people["reviewer"], content_hash="0" * 64)


def test_second_reviewer_comes_too_late(people, note):
    verdict(note, Outcome.ACCEPT, people["reviewer"])

    with pytest.raises(InvalidTransition):
        verdict(note, Outcome.DECLINE, people["administrator"])


def test_draft_is_not_there_for_reviewers(people, text):
    draft = make_note(text, by=people["scholar"])

    with pytest.raises(NotVisible):
        verdict(draft, Outcome.ACCEPT, people["reviewer"], content_hash="0" * 64)


def test_returned_note_is_revised_before_it_is_handed_in_again(people, note):
    verdict(note, Outcome.RETURN, people["reviewer"])
    note.refresh_from_db()

    with pytest.raises(InvalidTransition):
        submit(version_ids=[note.newest_version.public_id], by=people["scholar"])
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, note=NoteInput(body="مع المصدر"),
        by=people["scholar"],
    )  # fmt: skip
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])

    note.refresh_from_db()
    assert (note.status, note.accepted_version.number) == (Status.ACCEPTED, 2)


def test_submission_is_all_or_nothing(people, text):
    mine, theirs = make_note(text, by=people["scholar"]), make_note(text, "خشب", by=people["editor"])

    with pytest.raises(NotAllowed):
        submit(
            version_ids=[mine.newest_version.public_id, theirs.newest_version.public_id], by=people["scholar"]
        )

    mine.refresh_from_db()
    assert (mine.status, Submission.objects.count()) == (Status.DRAFT, 0)


def test_private_notes_are_not_handed_in(people, text):
    private = make_note(text, by=people["scholar"], visibility=Visibility.PRIVATE)

    with pytest.raises(NotAllowed):
        submit(version_ids=[private.newest_version.public_id], by=people["scholar"])


def test_submission_sent_twice_is_one(people, text):
    made = make_note(text, by=people["scholar"])
    versions = [made.newest_version.public_id]

    first, again = (
        submit(version_ids=versions, idempotency_key="k", by=people["scholar"]) for _time in range(2)
    )

    assert first == again
    assert SubmissionItem.objects.count() == 1


def test_author_is_told_once_with_counts(people, text):
    made = [make_note(text, words, by=people["scholar"]) for words in ("حجر", "خشب", "السوق")]
    submit(version_ids=[one.newest_version.public_id for one in made], by=people["scholar"])

    for one, outcome in zip(made, Outcome, strict=True):
        decide_note(one, outcome, by=people["reviewer"])

    notice = Notice.objects.get(user=people["scholar"])
    assert (notice.code, notice.params) == ("notes_decided", {"accepted": 1, "returned": 1, "declined": 1})


def test_another_place_asks_for_approval_again(people, text):
    accepted = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])

    reattach(annotation=accepted.public_id, place=place_of(text, "خشب"), seen=1, by=people["scholar"])

    accepted.refresh_from_db()
    assert (accepted.status, accepted.accepted_version) == (Status.SUBMITTED, None)
    assert accepted.newest_version.body == "حجر محلّي."
    assert [item.version for item in waiting_items(people["reviewer"])] == [accepted.newest_version]


def test_a_note_put_elsewhere_says_the_same_when_it_is_saved_unchanged(people, text):
    """The hash of its version is that of its words and its place, as with every other version."""
    accepted = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    reattach(annotation=accepted.public_id, place=place_of(text, "خشب"), seen=1, by=people["scholar"])
    accepted.refresh_from_db()
    version = accepted.newest_version

    revise_annotation(
        annotation=accepted.public_id, version_id=version.public_id, by=people["scholar"],
        note=NoteInput(body=version.body, language=version.language),
    )  # fmt: skip

    accepted.refresh_from_db()
    assert (accepted.newest_version, accepted.status) == (version, Status.SUBMITTED)


def test_who_chose_the_place_does_not_approve_it(people, text):
    accepted = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])

    reattach(annotation=accepted.public_id, place=place_of(text, "خشب"), seen=1, by=people["administrator"])

    accepted.refresh_from_db()
    assert not waiting_items(people["administrator"]).exists()
    with pytest.raises(NotAllowed):
        verdict(accepted, Outcome.ACCEPT, people["administrator"])
    verdict(accepted, Outcome.ACCEPT, people["reviewer"])


@pytest.mark.parametrize("returned", [False, True])
def test_another_place_takes_the_approval_from_a_note_that_is_being_rewritten(people, text, returned):
    accepted = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    rewritten = revise_annotation(
        annotation=accepted.public_id, version_id=accepted.newest_version.public_id,
        note=NoteInput(body="حجر محلّي!"), by=people["scholar"],
    )  # fmt: skip
    if returned:
        submit_note(rewritten)
        decide_note(rewritten, Outcome.RETURN, by=people["reviewer"])

    reattach(annotation=accepted.public_id, place=place_of(text, "خشب"), seen=1, by=people["scholar"])

    accepted.refresh_from_db()
    assert (accepted.status, accepted.accepted_version) == (
        Status.RETURNED if returned else Status.DRAFT,
        None,
    )
    assert not visible_to(Annotation, people["member"]).exists()


def test_confirmed_place_leaves_the_approval_of_a_note_that_is_being_rewritten(people, text):
    accepted = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    standing = accepted.accepted_version
    revise_annotation(
        annotation=accepted.public_id, version_id=standing.public_id, note=NoteInput(body="حجر محلّي!"),
        by=people["scholar"],
    )  # fmt: skip

    reattach(annotation=accepted.public_id, place=place_of(text, "حجر أبيض"), seen=1, by=people["scholar"])

    accepted.refresh_from_db()
    assert accepted.accepted_version == standing


@pytest.fixture
def handed_over(people, text):
    """A note of the reviewer's, to whose words a colleague added a mark before handing it in."""
    reviewer, scholar, administrator = people["reviewer"], people["scholar"], people["administrator"]
    note = make_note(text, by=reviewer, body="رأيي كلّه.")
    deactivate_account(user_id=reviewer.pk, by=administrator)
    hand_over(giver=User.objects.get(pk=reviewer.pk), taker=scholar, by=administrator)
    reactivate_account(user_id=reviewer.pk, by=administrator)
    revised = revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id,
        note=NoteInput(body="رأيي كلّه!"), by=scholar,
    )  # fmt: skip
    submit_note(revised)
    return revised


def test_who_wrote_an_earlier_version_does_not_decide_on_a_later_one(people, handed_over):
    assert not waiting_items(people["reviewer"]).exists()
    with pytest.raises(NotAllowed):
        decide_note(handed_over, Outcome.ACCEPT, by=people["reviewer"])
    assert waiting_items(people["administrator"]).exists()


def test_who_wrote_an_earlier_version_does_not_vouch_for_a_later_one(people, handed_over):
    decide_note(handed_over, Outcome.ACCEPT, by=people["administrator"])

    with pytest.raises(NotAllowed):
        decide_note(handed_over, Outcome.ACCEPT, by=people["reviewer"])


def test_confirmed_place_leaves_the_approval(people, text):
    accepted = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])

    reattach(annotation=accepted.public_id, place=place_of(text, "حجر أبيض"), seen=1, by=people["scholar"])

    accepted.refresh_from_db()
    assert accepted.status == Status.ACCEPTED


# --- The pages -----------------------------------------------------------------------------------------


@pytest.fixture
def reviewer(client, people):
    client.force_login(people["reviewer"])
    return client


def page_of(note):
    return reverse(
        "review_submission",
        args=[SubmissionItem.objects.get(version=note.newest_version).submission.public_id],
    )


def posted(note, outcome, reason=""):
    version = note.newest_version
    return {
        "version": version.public_id, "content_hash": version.content_hash, "outcome": outcome, "reason": reason,
    }  # fmt: skip


def test_queue_is_oldest_first_and_filtered(reviewer, people, text):
    other = make_text(slug="other")
    early = make_note(text, by=people["scholar"], category="place")
    submit_note(early, message="الأولى")
    late = make_note(other, by=people["editor"])
    submit_note(late, message="الثانية")

    page = reviewer.get(reverse("review_queue")).content.decode()
    assert page.index("الأولى") < page.index("الثانية")
    for query, hidden in (
        ({"work": "other"}, "الأولى"), ({"author": people["scholar"].public_id}, "الثانية"), ({"category": "place"}, "الثانية"),
    ):  # fmt: skip
        assert hidden not in reviewer.get(reverse("review_queue"), query).content.decode()


def test_queue_names_the_film_or_picture_that_a_note_is_on(reviewer, people):
    image = make_image(by=people["archivist"])
    place = RegionPlace(image=image.public_id, shape="rect", points=[(10, 10), (200, 120)])
    note = write_annotation(place=place, note=NoteInput(body="الرحى"), by=people["scholar"]).annotation
    submit_note(note)

    assert image.title_en in reviewer.get("/en/desk/review/").content.decode()


def test_queue_is_for_reviewers(client, people):
    for who, status in (("scholar", 403), ("editor", 403), ("administrator", 200)):
        client.force_login(people[who])
        assert client.get(reverse("review_queue")).status_code == status


def test_note_is_read_in_its_passage(reviewer, note):
    page = reviewer.get(page_of(note)).content.decode()

    assert '<mark data-category="note">حجر أبيض</mark>' in page
    assert "قرب الطاحونة" in page
    assert "أوّل ما كتبت" in page


def test_page_shows_what_changed_and_what_was_said_before(reviewer, people, note):
    verdict(note, Outcome.RETURN, people["reviewer"], reason="من أين هذا؟")
    note.refresh_from_db()
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=people["scholar"],
        note=NoteInput(body="حجر محلّي من المقلع."),
    )  # fmt: skip
    submit_note(note)
    note.refresh_from_db()

    page = reviewer.get(page_of(note)).content.decode()

    assert "<ins>" in page
    assert "من أين هذا؟" in page


def test_decision_of_one_note_leads_on(reviewer, note):
    answer = reviewer.post(page_of(note), posted(note, "accept"))

    note.refresh_from_db()
    assert (answer.status_code, note.status) == (302, Status.ACCEPTED)


def test_missing_reason_is_asked_for(reviewer, note):
    answer = reviewer.post(page_of(note), posted(note, "return"))

    assert answer.status_code == 422
    assert "form" in answer.content.decode()


def test_words_of_the_slower_reviewer_are_given_back(reviewer, people, note):
    verdict(note, Outcome.ACCEPT, people["administrator"])

    answer = reviewer.post(page_of(note), posted(note, "decline", "كلام طويل كتبته عبثًا"))

    assert answer.status_code == 409
    assert "كلام طويل كتبته عبثًا" in answer.content.decode()


def test_words_on_a_stale_note_are_given_back(reviewer, people, note):
    url, form = page_of(note), posted(note, "return", "كلام على نسخة قديمة")
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, note=NoteInput(body="ب"),
        by=people["scholar"],
    )  # fmt: skip

    answer = reviewer.post(url, form)

    assert answer.status_code == 412
    assert "كلام على نسخة قديمة" in answer.content.decode()
    assert "حجر محلّي." not in answer.content.decode()


def test_all_that_wait_are_looked_at_before_they_are_accepted_and_only_what_was_seen(reviewer, people, text):
    made = [make_note(text, words, by=people["scholar"]) for words in ("حجر", "خشب", "السوق")]
    submission = submit(version_ids=[one.newest_version.public_id for one in made], by=people["scholar"])
    page = reverse("review_submission", args=[submission.public_id])
    several = reverse("review_several", args=[submission.public_id])
    seen = [f"{one.newest_version.public_id}:{one.newest_version.content_hash}" for one in made[:2]]
    shown = reviewer.get(page).content.decode()
    assert f'action="{several}"' in shown
    assert all(f'<input type="hidden" name="note" value="{one}">' in shown for one in seen)

    # A page of before the preview records nothing either.
    assert (
        reviewer.post(page, {"all": "accept", "seen": [one.split(":")[0] for one in seen]})["Location"]
        == several
    )
    looked = reviewer.post(several, {"note": seen, "outcome": "accept", "step": "look"})
    assert looked.context["is_preview"]
    assert not Decision.objects.exists()
    reviewer.post(several, {"note": seen, "outcome": "accept", "step": "record"})

    assert sorted(Annotation.objects.values_list("status", flat=True)) == [
        "accepted",
        "accepted",
        "submitted",
    ]


def test_author_sees_the_fate_but_decides_nothing(client, people, note):
    client.force_login(people["scholar"])

    page = client.get(page_of(note)).content.decode()
    refused = client.post(page_of(note), posted(note, "accept"))

    assert 'name="outcome"' not in page
    assert refused.status_code == 403
    note.refresh_from_db()
    assert note.status == Status.SUBMITTED


def test_submission_of_somebody_is_nothing_to_others(client, people, note):
    client.force_login(people["editor"])

    assert client.get(page_of(note)).status_code == 404


@pytest.mark.parametrize("where", ["queue", "submission"])
def test_pages_take_the_same_number_of_queries_for_three_and_for_thirty(client, people, text, where):
    counts = []
    for size in (3, 30):
        made = [make_note(text, CONTENT[n : n + 6], by=people["scholar"]) for n in range(size)]
        submission = submit(version_ids=[one.newest_version.public_id for one in made], by=people["scholar"])
        for one in made[: size // 3]:
            decide_note(one, Outcome.RETURN, by=people["administrator"])
        url = (
            reverse("review_queue")
            if where == "queue"
            else reverse("review_submission", args=[submission.public_id])
        )
        client.force_login(people["reviewer"])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_whole_story_from_writing_to_three_outcomes(client, people, text):
    scholar, reviewer = people["scholar"], people["reviewer"]
    notes = [make_note(text, words, by=scholar, body=words) for words in ("حجر أبيض", "الطاحونة", "خشب")]
    submit(version_ids=[one.newest_version.public_id for one in notes], message="ثلاث حواشٍ", by=scholar)
    assert [row.waiting for row in queue(reviewer)] == [3]
    client.force_login(reviewer)
    for one, outcome in zip(notes, ("accept", "return", "decline"), strict=True):
        one.refresh_from_db()
        client.post(page_of(one), posted(one, outcome, "انظر المصدر"))

    assert [Annotation.objects.get(pk=one.pk).status for one in notes] == ["accepted", "returned", "declined"]
    assert not queue(reviewer).exists()
    client.force_login(scholar)
    mine = client.get(reverse("my_notes")).content.decode()
    assert mine.count("انظر المصدر") == 3
    client.force_login(people["member"])
    seen = client.get(reverse("text_notes", args=[text.public_id])).json()["annotations"]
    assert [n["exact"] for n in seen] == ["حجر أبيض"]
    add_revision(text, "مقدّمة\n" + CONTENT)
    assert set(transitions.ANNOTATION.acts("declined")) == {"withdraw"}


@pytest.mark.parametrize(("language", "words"), [("ar", "قدّمها"), ("en", "Handed in by")])
def test_what_became_of_a_version_elsewhere_is_told_and_counts_for_nothing(client, people, language, words):
    note = make_note(make_text(), by=people["scholar"])
    submission = submit_note(note)
    for kind, name, reason in (("handed_in", "رنا", "رسالة"), ("accept", "كريم", "")):
        PastEvent.objects.create(
            version=note.newest_version, kind=kind, name=name, words=reason, at=timezone.now(), created_by=people["scholar"],
        )  # fmt: skip
    client.force_login(people["reviewer"])

    page = client.get(f"/{language}/desk/review/{submission.public_id}/").content.decode()

    assert f"{words} <bdi>رنا</bdi>" in page
    assert "كريم" in page
    assert note.newest_version.decisions.count() == 0
    assert 'value="accept"' in page, "it is still to be decided here"


@pytest.mark.parametrize("state", ["decided", "waiting", ""])
def test_queue_is_read_by_a_reviewer_who_is_in_a_group(client, people, text, state):
    make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    people["reviewer"].groups.add(Group.objects.create(name="خاص"))
    client.force_login(people["reviewer"])

    assert client.get(reverse("review_queue"), {"state": state}).status_code == 200


def test_queue_is_narrowed_by_everything_that_reviewers_choose_by(client, people, text):
    scholar, reviewer = people["scholar"], people["reviewer"]
    group = Group.objects.create(name="Millers")
    scholar.groups.add(group)
    reviewer.groups.add(group)
    arabic = make_note(text, "حجر أبيض", by=scholar, body="ح")
    english = make_note(text, "خشب", by=people["editor"], body="w", language="en", category="dispute")
    for one, author in ((arabic, scholar), (english, people["editor"])):
        submit(version_ids=[one.newest_version.public_id], by=author)

    def waiting(**chosen: str) -> set[int]:
        rows = queue(reviewer, Narrowed(**chosen))
        return set(rows.values_list("items__version__annotation", flat=True))

    both = {arabic.pk, english.pk}
    assert waiting() == waiting(place="text") == waiting(work=text.work.slug) == both
    assert waiting(language="en") == waiting(category="dispute") == {english.pk}
    assert waiting(group=group.public_id) == waiting(author=scholar.public_id) == {arabic.pk}
    assert waiting(place="image") == waiting(age="7") == waiting(group="x") == set()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert waiting(age="7") == both
        assert waiting(age="30") == set()

    client.force_login(reviewer)
    page = client.get(f"{reverse('review_queue')}?language=en")
    told = {facet.label: {c.label: c.count for c in facet.choices} for facet in page.context["facets"]}
    assert (
        sum(
            told["Language of the note"].values()
            if "Language of the note" in told
            else told["لغة الحاشية"].values()
        )
        == 2
    )
    assert page.context["page"].paginator.count == 1
    reviewer.groups.clear()
    reviewer = User.objects.get(pk=reviewer.pk)
    assert waiting(group=group.public_id) == set()


#: What an address names, and what the queue is narrowed to by it.
@pytest.mark.parametrize(
    ("given", "age", "since"),
    [
        ({"age": "12"}, "12", ""), ({"age": "012"}, "12", ""), ({"age": "0"}, "", ""), ({"age": "-3"}, "", ""),
        ({"age": "1.5"}, "", ""), ({"age": "٧"}, "", ""), ({"age": "99999"}, "36500", ""), ({"age": "999999"}, "", ""),
        ({"since": "2026-11-20"}, "", "2026-11-20"), ({"since": "20261120"}, "", "2026-11-20"), ({"since": "2026-13-01"}, "", ""),
        ({"since": "0001-01-01"}, "", ""), ({"since": "9999-12-31"}, "", ""), ({"since": "yesterday", "age": "7"}, "7", ""),
    ],
)  # fmt: skip
def test_the_queue_is_narrowed_by_any_number_of_days_and_by_a_day(given, age, since):
    narrowed = Narrowed.of(given)

    assert (narrowed.age, narrowed.since) == (age, since)


def test_what_waits_since_a_day_or_longer_is_shown_with_the_day_s_end_where_the_archive_is(
    client, people, text, settings
):
    settings.TIME_ZONE = "Asia/Damascus"
    day = date(2026, 11, 20)

    def hand_in(words: str, at: datetime) -> None:
        with time_machine.travel(at, tick=False):
            note = make_note(text, words, by=people["scholar"])
            submit(version_ids=[note.newest_version.public_id], by=people["scholar"])

    # Half an hour before midnight where the archive is.
    hand_in("حجر أبيض", datetime(2026, 11, 20, 20, 30, tzinfo=UTC))
    client.force_login(people["reviewer"])

    def shown(**query: str) -> int:
        page = client.get(reverse("review_queue"), query)
        assert page.context["is_narrowed"]
        return page.context["page"].paginator.count

    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        assert shown(since=str(day)) == 1
        assert shown(since=str(day - timedelta(days=1))) == 0
        assert (shown(age="10"), shown(age="11")) == (1, 0)
        page = client.get(f"/en{reverse('review_queue')[3:]}", {"age": "10", "since": str(day)})
        (ages,) = [facet for facet in page.context["facets"] if facet.label == "Waiting for longer than"]
        assert {(choice.label, choice.current) for choice in ages.choices} == {
            ("7 days", False),
            ("10 days", True),
        }
        assert f'name="since" max="2026-12-01" value="{day}"' in page.content.decode()
        hand_in("خشب", datetime(2026, 11, 20, 21, 30, tzinfo=UTC))
        assert shown(since=str(day)) == 1


def test_figures_tell_how_long_notes_wait_and_how_far_reviewers_agree(client, people, text):
    scholar = people["scholar"]
    one, other = (make_note(text, words, by=scholar, body=words) for words in ("حجر أبيض", "خشب"))
    submit(version_ids=[note.newest_version.public_id for note in (one, other)], by=scholar)
    User.objects.exclude(pk=scholar.pk).update(display_name="هند")  # Of one name, and two all the same.
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        decide_note(one, Outcome.ACCEPT, by=people["reviewer"])
        decide_note(one, Outcome.ACCEPT, by=people["administrator"])
        told = figures(people["reviewer"])

        assert (told.waiting.count, told.decided.count, told.shared, told.alike) == (1, 1, 1, 1)
        assert (round(told.decided.half), round(told.waiting.longest)) == (4, 4)
        assert [(pair.both, pair.alike) for pair in told.pairs] == [(1, 1)]
    client.force_login(people["reviewer"])
    assert client.get(reverse("review_figures")).status_code == 200
    client.force_login(people["editor"])
    assert client.get(reverse("review_figures")).status_code == 403


def test_submission_is_assigned_with_a_day_by_reviewers_and_to_reviewers_alone(client, people, text):
    scholar, reviewer, administrator = people["scholar"], people["reviewer"], people["administrator"]
    note = make_note(text, by=scholar)
    submission = submit(version_ids=[note.newest_version.public_id], by=scholar)
    day = timezone.localdate() + timedelta(days=3)
    url = reverse("assign_submission", args=[submission.public_id])
    client.force_login(administrator)

    def ask(person: User | None, when: str) -> str:
        sent = {"reviewer": person.public_id if person else "", "due_on": when}
        return client.post(url, sent, follow=True, headers={"Accept-Language": "en"}).content.decode()

    page = ask(reviewer, str(day))
    assert reviewer.display_name in page
    asked = Notice.objects.filter(user=reviewer, code="review_assigned")
    assert asked.count() == 1
    ask(reviewer, str(day))
    assert asked.count() == 1
    for person, when in ((people["editor"], ""), (scholar, ""), (reviewer, "2001-01-01"), (reviewer, "soon")):
        ask(person, when)
        row = Assignment.objects.get()
        assert (row.reviewer, row.due_on) == (reviewer, day), when

    assert queue(reviewer, Narrowed(assigned="me")).exists()
    assert not queue(administrator, Narrowed(assigned="me")).exists()
    assert not queue(reviewer, Narrowed(due="late")).exists()
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert queue(reviewer, Narrowed(due="late")).exists()
    decide_note(note, Outcome.ACCEPT, by=administrator)

    ask(None, "")
    assert Assignment.objects.get().reviewer is None
    for other in (scholar, people["editor"], people["member"]):
        client.force_login(other)
        assert client.post(url, {"reviewer": "", "due_on": str(day)}).status_code == 404
    assert Assignment.objects.get().due_on is None
