"""Whatever preflight finds is told with a sentence and an address that is there, to whoever mends it."""

from __future__ import annotations

import pytest

from annotations.enums import AnchorStatus
from annotations.models import Anchor
from archive.enums import Access
from archive.models import Role
from tests.factories_editions import MILL, Desk, add_wording, make_desk
from tests.factories_notes import make_note, submit_note

pytestmark = pytest.mark.django_db
CODES = {
    "undecided", "few_approvals", "anchor_lost", "anchor_uncertain", "anchor_missing", "license_missing", "title_missing",
    "rights_missing", "member_hidden", "alternative_missing", "figure_missing", "dead_link", "work_title_missing",
    "introduction_missing", "image_rights_missing", "content_warning",
}  # fmt: skip


@pytest.fixture
def desk(people) -> Desk:
    """An edition with something wrong of every sort."""
    desk = make_desk(people)
    submit_note(make_note(desk.text, "القادم من السوق", by=people["scholar"]))
    dead = {"kind": "link", "start": 0, "end": 5, "attrs": {"href": "#"}}
    revision = add_wording(desk.text, MILL, marks=[dead])
    for name, status, place in (
        ("masons", AnchorStatus.LOST, {"start": None, "end": None}), ("year", AnchorStatus.UNCERTAIN, {"start": 3, "end": 9}),
    ):  # fmt: skip
        locus = desk.notes[name].newest_version.locus
        Anchor.objects.create(
            locus=locus, revision=revision, exact="كلمات", status=status, score=0.4, **place
        )
    desk.work.rights_uri = desk.work.title_en = ""
    desk.work.content_warning_ar = "صورٌ قاسية"
    desk.work.save()
    desk.image.alternative_ar = desk.image.alternative_en = desk.image.rights_uri = ""
    desk.image.save()
    desk.video.access = Access.DRAFT
    desk.video.save()
    desk.edition.license_uri = desk.edition.title_en = desk.edition.introduction_en = ""
    desk.edition.required_approvals = 2
    desk.edition.save()
    return desk


@pytest.mark.parametrize("is_archivist", [False, True])
def test_every_finding_leads_to_a_page_that_opens(desk, client, is_archivist):
    editor = desk.people["editor"]
    if is_archivist:
        editor.roles.add(Role.objects.get(code="archivist"))
    client.force_login(editor)

    groups = client.get(f"/en/desk/editions/{desk.edition.public_id}/").context["groups"]

    lines = [line for group in groups for line in group.lines]
    assert {line.code for line in lines} >= CODES
    for line in lines:
        assert str(line.sentence), line.code
        assert line.url, line.code
        assert client.get(line.url.partition("#")[0]).status_code == 200, (line.code, line.url)
