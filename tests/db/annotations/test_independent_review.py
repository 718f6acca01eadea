"""Independent review: who else decided, how and why is told after one's own decision, wherever it would stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from annotations.access.independent import is_withheld, withheld_names
from annotations.access.review_figures import figures
from annotations.access.review_queue import decided, queue
from annotations.access.reviewing import counts_of, items_of, waiting_items
from annotations.actions.decide import decide
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.seal import seal
from annotations.editions.preflight import preflight
from annotations.enums import AnnotationStatus, Outcome
from annotations.errors import PreflightFailed
from annotations.exports.past_lines import pasts_of
from annotations.models import Annotation, Assignment, Decision, Edition, SubmissionItem
from annotations.presenters.told_plan import plan_for
from annotations.values import NoteInput, RegionPlace, TimePlace
from archive.access import viewer_of, visible_to
from archive.errors import InvalidTransition
from archive.models import Notice, Role, User
from archive.views.view_as import COOKIE
from tests.factories import make_user
from tests.factories_editions import MILL, Desk, add_wording, make_desk
from tests.factories_notes import decide_note, make_note, make_placed, submit_note

pytestmark = pytest.mark.django_db

WHY, WORDING, FIRST = "Because of the mill.", "A wording of the first.", "Zubayda"


@dataclass
class Review:
    """A note that one reviewer accepted, where an edition asks for two who do not know of each other."""

    desk: Desk
    note: Annotation
    first: User
    people: dict[str, User]

    @property
    def submission(self):
        return SubmissionItem.objects.get(version=self.note.newest_version).submission

    def asks(self, **plan) -> None:
        """Change what the edition asks for."""
        Edition.objects.filter(pk=self.desk.edition.pk).update(**plan)


def again(user: User) -> User:
    """Return the account as a new request reads it, with its roles as they are now."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def review(people) -> Review:
    desk = make_desk(people, notes=False)
    first = make_user("first@example.org", "reviewer")
    first.display_name = FIRST
    first.save()
    for name, roles in {"both": ("editor", "reviewer"), "chief": ("administrator", "reviewer")}.items():
        people[name] = make_user(f"{name}@example.org", roles[0])
        people[name].roles.add(Role.objects.get(code=roles[1]))
        people[name] = again(people[name])
    note = make_note(desk.text, "الحجّارون", by=people["scholar"], body="جاؤوا من الجبل.")
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=first, reason=WHY)
    note.refresh_from_db()
    found = Review(desk, note, first, people)
    found.asks(independent_review=True, required_approvals=2)
    return found


def page_of(client: Client, user: User, name: str, *args: object, **query: str) -> str:
    client.force_login(user)
    with override("en"):
        address = reverse(name, args=args)
    answer = client.get(address, query)
    return answer.content.decode() if answer.status_code == 200 else ""


Surface = Callable[[Client, Review, User], bool]


def _api(client: Client, review: Review, who: User) -> bool:
    client.force_login(who)
    rows = client.get("/api/decisions/").json()["results"]
    filtered = client.get("/api/decisions/", {"annotation": review.note.public_id}).json()["results"]
    decision = Decision.objects.get(reviewer=review.first)
    alone = client.get(f"/api/decisions/{decision.public_id}/").status_code == 200
    named = [any(row["reviewer"]["name"] == FIRST for row in found) for found in (rows, filtered)]
    assert {alone, *named} in ({True}, {False})
    return alone


#: Each surface on which a decision would be told, as the question whether it is.
SURFACES: dict[str, Surface] = {
    "review page": lambda client, review, who: any(
        one.facts.decisions for one in _items(client, review, who)
    ),
    "history": lambda client, review, who: WHY in page_of(client, who, "note_history", review.note.public_id),
    "talk": lambda client, review, who: WHY in page_of(client, who, "talk", review.note.public_id),
    "API": _api,
    "status in the API": lambda client, review, who: _status(client, review, who) == "accepted",
    "filter of the API": lambda client, review, who: _is_listed(client, review, who, "accepted"),
    "status on the review page": lambda client, review, who: {
        item.status for item in items_of(who, review.submission)[0]
    } == {"accepted"},
    "queue": lambda client, review, who: not queue(who).filter(pk=review.submission.pk).exists(),
    "counts of the queue": lambda client, review, who: "accept" in counts_of(who, [review.submission])[
        review.submission.pk
    ],
    "figures": lambda client, review, who: figures(who).decided.count > 0,
    "packages": lambda client, review, who: any(
        line["words"] == WHY
        for past in pasts_of(viewer_of(who), [review.note.newest_version]).values() for line in past.lines
    ),
    "names that are offered": lambda client, review, who: _offers(client, review, who),
}  # fmt: skip


def _items(client: Client, review: Review, who: User):
    client.force_login(who)
    answer = client.get(reverse("review_submission", args=[review.submission.public_id]))
    return answer.context["items"] if answer.status_code == 200 else []


def _status(client: Client, review: Review, who: User) -> str:
    client.force_login(who)
    return str(client.get(f"/api/annotations/{review.note.public_id}/").json()["status"])


def _is_listed(client: Client, review: Review, who: User, status: str) -> bool:
    client.force_login(who)
    found = client.get("/api/annotations/", {"status": status}).json()["results"]
    return review.note.public_id in [row["id"] for row in found]


def _offers(client: Client, review: Review, who: User) -> bool:
    client.force_login(who)
    answer = client.get(reverse("note_people", args=[review.note.public_id]), {"q": FIRST})
    return FIRST in answer.content.decode()


#: Whether they are told before they decide: those who are to decide are not.
BEFORE = {"reviewer": False, "both": False, "chief": False, "editor": True, "administrator": True}
#: Editors do not decide, and have no queue.
OF_REVIEWERS = {"review page", "status on the review page", "queue", "counts of the queue", "figures"}
CASES = [
    (role, before, surface) for role, before in BEFORE.items() for surface in SURFACES
    if not (role == "editor" and surface in OF_REVIEWERS)
    # Administrators know all accounts, whoever decided.
    and not (role == "chief" and surface == "names that are offered")
]  # fmt: skip


@pytest.mark.parametrize(("role", "before", "surface"), CASES)
def test_what_others_decided_is_told_after_ones_own_decision(client, review, role, before, surface):
    who, told = review.people[role], SURFACES[surface]

    assert told(client, review, again(who)) is before

    if role != "editor":
        decide_note(review.note, Outcome.ACCEPT, by=who)
        assert told(client, review, again(who)) is True


@pytest.mark.parametrize("surface", sorted(set(SURFACES) - {"queue"}))
def test_nothing_is_kept_where_no_edition_asks_for_it(client, review, surface):
    who = again(review.people["reviewer"])
    review.asks(independent_review=False)
    assert SURFACES[surface](client, review, who) is True
    review.asks(independent_review=True, required_approvals=1)
    assert SURFACES[surface](client, review, who) is True


def test_author_and_the_first_reviewer_see_the_first_decision(client, review):
    for who in (review.people["scholar"], review.first):
        assert WHY in page_of(client, again(who), "note_history", review.note.public_id)
        assert not is_withheld(viewer_of(again(who)), review.note)


def test_the_page_says_why_and_offers_the_whole_decision(client, review):
    reviewer = review.people["reviewer"]
    page = page_of(client, reviewer, "review_submission", review.submission.public_id)

    assert "Independent review: what others decided is shown after your own decision." in page
    assert all(f'value="{outcome}"' in page for outcome in ("accept", "return", "decline"))
    assert "Accept it too" not in page
    assert WHY not in page
    for name in ("note_history", "talk"):
        assert "Independent review: what others" in page_of(client, reviewer, name, review.note.public_id)

    decide_note(review.note, Outcome.ACCEPT, by=reviewer)

    page = page_of(client, reviewer, "review_submission", review.submission.public_id)
    assert "Independent review" not in page


def test_the_workbench_offers_to_decide_as_on_what_waits(client, review):
    client.force_login(review.people["reviewer"])
    facts = client.get(f"/api/annotations/{review.note.public_id}/").json()

    assert facts["status"] == "submitted"
    assert _is_listed(client, review, review.people["reviewer"], "submitted")


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.DECLINE])
def test_who_reviews_independently_may_dissent_from_what_they_do_not_know(review, outcome):
    second = review.people["reviewer"]
    suggestion = WORDING if outcome == Outcome.RETURN else None

    made = decide_note(review.note, outcome, by=second, reason="Not so.", suggestion=suggestion)

    review.note.refresh_from_db()
    assert (made.outcome, review.note.status) == (outcome, AnnotationStatus.ACCEPTED)
    assert [
        one.params["returned"] + one.params["declined"] for one in Notice.objects.filter(code="notes_decided")
    ] == [1]
    told = figures(again(second))
    assert (told.shared, told.alike) == (1, 0)
    codes = {problem["code"]: problem["params"] for problem in _problems(review)}
    assert (codes["few_approvals"]["have"], codes["few_approvals"]["need"]) == (1, 2)
    assert visible_to(Decision, review.people["scholar"]).filter(pk=made.pk).exists()


def _problems(review: Review) -> list[dict]:
    review.desk.edition.refresh_from_db()
    with pytest.raises(PreflightFailed) as refused:
        seal(edition=review.desk.edition.public_id, version=review.desk.edition.version, by=None)
    return refused.value.params["problems"]


def test_nobody_dissents_twice_or_where_no_edition_asks_for_it(review):
    decide_note(review.note, Outcome.RETURN, by=review.people["reviewer"])
    with pytest.raises(InvalidTransition):
        decide_note(review.note, Outcome.DECLINE, by=review.people["reviewer"])
    review.asks(independent_review=False)
    with pytest.raises(InvalidTransition):
        decide_note(review.note, Outcome.RETURN, by=review.people["chief"])


def test_reasons_and_wordings_of_a_return_stay_with_who_gave_them_until_the_next_version_is_decided(
    client, review
):
    note = make_note(review.desk.text, "سنة 1890", by=review.people["scholar"], body="وقيل 1891.")
    submit_note(note)
    decide_note(note, Outcome.RETURN, by=review.first, reason="Why so?", suggestion=WORDING)
    reviewer = review.people["reviewer"]

    page = page_of(client, reviewer, "note_history", note.public_id)
    assert "Independent review: what was decided is shown to those who decided too." in page
    assert "Why so?" not in page
    assert WORDING not in page
    assert client.get(reverse("wording", args=[note.public_id])).status_code == 404

    note.refresh_from_db()
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id,
        note=NoteInput(body=WORDING), by=review.people["scholar"],
    )  # fmt: skip
    submit_note(note)
    page = page_of(client, reviewer, "note_history", note.public_id)
    assert "Why so?" not in page
    assert FIRST not in page

    decide_note(note, Outcome.ACCEPT, by=reviewer)
    page = page_of(client, reviewer, "note_history", note.public_id)
    assert "Why so?" in page
    assert FIRST in page


def test_what_waits_counts_what_others_accepted_and_nothing_of_it_says_so(review):
    reviewer = again(review.people["reviewer"])

    assert waiting_items(reviewer).count() == 1
    assert list(decided(reviewer)) == []
    assert counts_of(reviewer, [review.submission]) == {review.submission.pk: {"": 1}}

    decide_note(review.note, Outcome.ACCEPT, by=reviewer)
    assert waiting_items(reviewer).count() == 0
    assert counts_of(reviewer, [review.submission]) == {review.submission.pk: {"accept": 1}}


def test_all_that_waits_is_looked_at_and_accepted_by_the_second_too(client, review):
    reviewer, version = review.people["reviewer"], review.note.newest_version
    client.force_login(reviewer)
    sent = {"note": f"{version.public_id}:{version.content_hash}", "outcome": "accept"}

    for address in (reverse("review_several", args=[review.submission.public_id]), reverse("review_chosen")):
        looked = client.post(address, {**sent, "step": "look"})
        assert [item.facts.version for item in looked.context["items"]] == [version]
        assert not looked.context["left"]
        assert FIRST not in looked.content.decode()
    client.post(reverse("review_chosen"), {**sent, "step": "record"})

    assert Decision.objects.filter(reviewer=reviewer, outcome="accept").count() == 1


def test_an_administrator_to_whom_it_was_assigned_is_to_decide(review):
    chief = review.people["administrator"]
    assert not is_withheld(viewer_of(again(chief)), review.note)

    Assignment.objects.create(submission=review.submission, reviewer=chief, assigned_by=review.first)

    assert is_withheld(viewer_of(again(chief)), review.note)


def test_the_desk_of_editions_tells_a_reviewing_editor_no_more(client, review):
    both, edition = again(review.people["both"]), review.desk.edition
    (candidate,) = plan_for(viewer_of(both), edition).candidates
    assert (candidate.status, candidate.is_withheld) == ("submitted", True)
    page = page_of(client, both, "desk_edition", edition.public_id)
    assert 'data-finding="approvals_withheld"' in page
    assert "it has 1" not in page
    assert FIRST not in page_of(client, both, "desk_edition_preview", edition.public_id)
    client.force_login(both)
    found = client.get(f"/api/editions/{edition.public_id}/preflight/").json()["findings"]
    assert "few_approvals" not in [one["code"] for one in found]
    edition.refresh_from_db()
    with pytest.raises(PreflightFailed) as refused:
        seal(edition=edition.public_id, version=edition.version, by=both)
    assert "have" not in json.dumps(refused.value.params)

    editor = again(review.people["editor"])
    assert "it has 1" in page_of(client, editor, "desk_edition", edition.public_id)
    assert FIRST in page_of(client, editor, "desk_edition_preview", edition.public_id)


def test_to_a_reviewing_editor_notes_look_alike_whether_nobody_one_or_two_accepted_them(review):
    by = review.people["scholar"]
    waiting, twice = (
        make_note(review.desk.text, words, by=by, body="حاشية") for words in ("سنة 1890", "بالجسر")
    )
    for note in (waiting, twice):
        submit_note(note)
    for reviewer in (review.first, again(review.people["reviewer"])):
        decide_note(twice, Outcome.ACCEPT, by=reviewer)
    review.desk.edition.refresh_from_db()

    plan = plan_for(viewer_of(again(review.people["both"])), review.desk.edition)

    told = {(c.status, c.version, c.newer_waits, c.approvals, c.note, c.is_withheld) for c in plan.candidates}
    assert len(plan.candidates) == 3
    assert told == {("submitted", "", False, 0, None, True)}
    of_notes = [(finding.id, finding.code) for finding in preflight(plan) if finding.kind == "note"]
    assert sorted(of_notes) == sorted((c.id, "approvals_withheld") for c in plan.candidates)


def test_it_is_asked_of_notes_on_what_stands_in_the_text_and_on_what_was_picked(people, review):
    desk, viewer = review.desk, viewer_of(again(people["reviewer"]))
    by = {"author": people["scholar"], "reviewer": review.first}
    on_image = make_placed(RegionPlace(desk.image.public_id, "rect", [(100, 200), (400, 500)]), **by)
    on_film = make_placed(TimePlace(desk.video.public_id, 65, 80.5), **by)
    names = {on_image.public_id, on_film.public_id}

    assert withheld_names(viewer, names) == names
    add_wording(desk.text, [block for block in MILL if block[0] != "video"])
    assert withheld_names(viewer, names) == {on_image.public_id}

    desk.edition.picked.add(on_film)
    assert withheld_names(viewer, names) == names


def test_switch_and_plan_are_kept_by_the_form_and_the_api(client, review):
    with override("en"):
        address = reverse("desk_edition_plan", args=[review.desk.edition.public_id])
    client.force_login(review.people["editor"])
    assert client.get(address).context["form"]["independent_review"].value() is True
    review.desk.edition.refresh_from_db()
    client.post(
        address,
        {"title_en": "Edition", "version": review.desk.edition.version, "required_approvals": "2"},
    )
    review.desk.edition.refresh_from_db()
    assert review.desk.edition.independent_review is False

    plain = f"/api/editions/{review.desk.edition.public_id}/"
    tag = client.get(plain).headers["ETag"]
    changed = client.patch(
        plain, {"independent_review": True}, content_type="application/json", headers={"If-Match": tag}
    )
    assert changed.json()["plan"]["independent_review"] is True


def test_a_decision_by_somebody_who_may_not_see_it_is_refused_as_before(review):
    version = review.note.newest_version
    with pytest.raises(Exception, match="not_allowed"):
        decide(
            version_id=version.public_id, content_hash=version.content_hash, outcome=Outcome.RETURN,
            reason="No.", by=review.people["editor"],
        )  # fmt: skip


def test_who_reviews_is_told_no_more_through_the_eyes_of_another_role(client, review):
    both = review.people["both"]
    surfaces = {
        name: SURFACES[name] for name in ("review page", "history", "talk", "API", "status in the API")
    }
    for look in ("editor", "scholar", "reviewer"):
        client.cookies[COOKIE] = look
        assert not [name for name, told in surfaces.items() if told(client, review, both)]

    decide_note(review.note, Outcome.ACCEPT, by=both)
    client.cookies[COOKIE] = "editor"
    assert SURFACES["API"](client, review, both)
