"""What stops an edition, and what only warns."""

from __future__ import annotations

import pytest

from annotations.editions.gather import gather
from annotations.editions.preflight import QUOTED, Severity, preflight
from annotations.enums import AnchorStatus
from annotations.models import Anchor
from annotations.presenters.findings import sentence_of
from archive.enums import Access
from tests.factories_editions import MILL, Desk, add_wording, make_desk, make_work
from tests.factories_notes import make_note, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def found(desk: Desk) -> dict[str, Severity]:
    desk.edition.refresh_from_db()
    return {finding.code: finding.severity for finding in preflight(gather(desk.edition))}


def test_note_that_waits_for_a_decision_stops(desk):
    submit_note(make_note(desk.text, "القادم من السوق", by=desk.people["scholar"]))

    assert found(desk)["undecided"] is Severity.STOPS


def test_draft_of_a_note_is_nobodys_business(desk):
    make_note(desk.text, "القادم من السوق", by=desk.people["scholar"])

    assert "undecided" not in found(desk)


def test_note_with_fewer_approvals_than_the_plan_asks_stops(desk):
    desk.edition.required_approvals = 2
    desk.edition.save()

    assert found(desk)["few_approvals"] is Severity.STOPS


def test_note_that_was_not_carried_to_the_current_wording_stops(desk):
    add_wording(desk.text, MILL)

    assert found(desk)["anchor_missing"] is Severity.STOPS


@pytest.mark.parametrize(
    ("status", "place", "code"),
    [
        (AnchorStatus.LOST, {"start": None, "end": None}, "anchor_lost"),
        (AnchorStatus.UNCERTAIN, {"start": 3, "end": 9}, "anchor_uncertain"),
    ],
)
def test_note_without_a_sure_place_stops(desk, status, place, code):
    revision = add_wording(desk.text, MILL)
    for note in desk.notes.values():
        locus = note.newest_version.locus
        Anchor.objects.create(
            locus=locus, revision=revision, exact="كلمات", status=status, score=0.4, **place
        )

    assert found(desk)[code] is Severity.STOPS


def test_hidden_work_stops(desk):
    desk.work.access = Access.MEMBERS
    desk.work.save()

    assert found(desk)["member_hidden"] is Severity.STOPS


def test_hidden_video_without_a_title_is_named_by_its_provider_and_id(desk):
    desk.video.access, desk.video.title_ar, desk.video.title_en = Access.DRAFT, "", ""
    desk.video.save()

    (finding,) = (f for f in preflight(gather(desk.edition)) if f.code == "member_hidden")
    assert finding.params["label"]["en"] == "Video on YouTube (\u2068abcdefghijk\u2069)"
    assert "«فيديو على YouTube (\u2068abcdefghijk\u2069)»" in sentence_of(finding)


def test_hidden_image_and_video_stop(desk):
    desk.image.access = desk.video.access = Access.DRAFT
    desk.image.save()
    desk.video.save()

    kinds = {f.kind for f in preflight(gather(desk.edition)) if f.code == "member_hidden"}
    assert kinds == {"image", "video"}


@pytest.mark.parametrize(
    ("field", "code"),
    [("title_en", "title_missing"), ("license_uri", "license_missing")],
)
def test_edition_without_a_title_or_license_stops(desk, field, code):
    setattr(desk.edition, field, "")
    desk.edition.save()

    assert found(desk)[code] is Severity.STOPS


def test_work_without_rights_stops_and_without_a_title_in_one_language_warns(desk):
    desk.work.rights_uri = desk.work.title_en = ""
    desk.work.save()

    codes = found(desk)
    assert codes["rights_missing"] is Severity.STOPS
    assert codes["work_title_missing"] is Severity.WARNS


def test_image_without_words_stops_and_with_words_in_one_language_warns(desk):
    desk.image.alternative_en = ""
    desk.image.save()
    assert found(desk)["alternative_silent"] is Severity.WARNS

    desk.image.alternative_ar = ""
    desk.image.save()
    assert found(desk)["alternative_missing"] is Severity.STOPS


def test_gap_dead_link_and_content_warning_only_warn(desk):
    dead = {"kind": "link", "start": 0, "end": 5, "attrs": {"href": "#"}}
    add_wording(desk.text, MILL, marks=[dead])
    desk.work.content_warning_ar = "صورٌ قاسية"
    desk.work.save()

    codes = found(desk)
    assert codes["figure_missing"] is codes["dead_link"] is codes["content_warning"] is Severity.WARNS


def test_long_words_of_a_link_are_quoted_with_a_sign_that_they_go_on(desk):
    words = "يمرّ القادم من السوق بالجسر ثم يهبط إلى الطاحونة " * 3
    dead = {"kind": "link", "start": 0, "end": len(words), "attrs": {"href": "#"}}
    add_wording(desk.text, [("paragraph", words, None, {})], marks=[dead])

    desk.edition.refresh_from_db()
    (finding,) = (f for f in preflight(gather(desk.edition)) if f.code == "dead_link")

    assert len(words) > QUOTED
    assert finding.params["words"].endswith("…")
    assert len(finding.params["words"]) <= QUOTED


def test_reference_to_a_hidden_work_stops(desk):
    from annotations.enums import Relation
    from annotations.values import ReferenceInput
    from archive.models import Text
    from tests.factories_notes import make_accepted, place_of

    other = make_work("other", title_ar="غيرها", title_en="Other")
    text = Text.objects.create(work=other, language="ar", direction="rtl")
    add_wording(text)
    make_accepted(
        desk.text, "بناها", author=desk.people["scholar"], reviewer=desk.people["reviewer"],
        references=(ReferenceInput(Relation.CITES, place_of(text, "الطاحونة")),),
    )  # fmt: skip
    assert "member_hidden" not in found(desk)

    other.access = Access.DRAFT
    other.save()

    assert found(desk)["member_hidden"] is Severity.STOPS
