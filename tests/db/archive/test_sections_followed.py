"""A kept section goes on into every wording, and closes the whole text where nobody can be sure of its place."""

from __future__ import annotations

import pytest

from archive.access import ANYBODY, visible_to
from archive.actions.accept_draft import accept_draft
from archive.actions.edit_draft import edit_draft
from archive.actions.start_correction import start_correction
from archive.models import AuditEvent, SectionPlace, Text
from tests.factories_archive import make_revision
from tests.factories_notes import add_revision
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(archivist):
    revision = make_revision(access="public", by=archivist)
    return Text.objects.get(pk=revision.text_id)


@pytest.fixture
def section(text, archivist):
    return keep(text, "يمشي القادم", by=archivist)


def correct(text, changes, by):
    """Accept a correction that puts other words in the place of some: (words of a block, its new words)."""
    draft = start_correction(text_id=text.pk, by=by)
    for old, new in changes:
        block = next(n for n, b in enumerate(draft.blocks) if old in draft.content[b["start"] : b["end"]])
        words = draft.content[draft.blocks[block]["start"] : draft.blocks[block]["end"]].replace(old, new)
        edit_draft(draft_id=draft.pk, operation="edit", block=block, text=words, version=draft.version, by=by)
        draft.refresh_from_db()
    revision = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)
    text.refresh_from_db()
    return revision


def page(client, text):
    return client.get(f"/en/works/{text.work.slug}/").content.decode()


def fit(section):
    return SectionPlace.objects.filter(section=section).latest("pk").fit


def test_other_words_within_the_section_stay_kept(client, text, section, archivist):
    correct(text, [("السوق", "البساتين البعيدة")], archivist)

    assert fit(section) == "between"
    assert "البساتين" not in page(client, text)
    assert "الطريق إليه" in page(client, text)


def test_the_record_of_the_wording_tells_how_each_was_found(text, section, archivist):
    correct(text, [("الطريق إليه", "الطريق إلى الماء")], archivist)

    event = AuditEvent.objects.filter(action="revision.accepted").latest("sequence")
    assert event.facts["sections"] == {section.public_id: "same"}


def test_words_of_the_section_that_stand_elsewhere_close_the_whole_text_until_a_person_settles_it(
    client, text, section, archivist
):
    correct(text, [("الطريق إليه", "الطريق: حتى يبلغ الماء، ثم يعبر إلى الضفة الثانية")], archivist)

    shown = page(client, text)
    assert fit(section) == "lost"
    assert "يعبر إلى" not in shown
    assert "This text is being looked through" in shown
    client.force_login(archivist)
    work, desk = text.work.public_id, f"/en/desk/works/sections/{section.public_id}/"
    assert (
        "The place of a kept section is to be looked at"
        in client.get(f"/en/desk/works/{work}/").content.decode()
    )
    assert "Its place in the present wording is not known" in client.get(desk).content.decode()

    count = len(text.current_revision.blocks)
    form = {
        "act": "place", "place-version": section.version, "place-revision": 2, "place-first": count - 1,
        "place-last": count, "place-reason": "I looked.",
    }  # fmt: skip
    refused = client.post(desk, form | {"place-last": 99})
    assert client.post(desk, form).status_code == 302
    client.logout()
    settled = page(client, text)

    assert refused.status_code == 422
    assert "يعبر إلى" not in settled
    assert "being looked through" not in settled


def test_a_section_that_is_gone_is_said_to_be_so_by_a_person(client, text, section, archivist):
    SectionPlace.objects.create(section=section, revision=text.current_revision, fit="lost")
    client.force_login(archivist)
    desk = f"/en/desk/works/sections/{section.public_id}/"
    form = {
        "act": "place",
        "place-version": 1,
        "place-revision": 1,
        "place-gone": "on",
        "place-reason": "Cut out.",
    }

    assert client.post(desk, form).status_code == 302
    correct(text, [("السوق", "الحقل")], archivist)

    assert fit(section) == "lost", "what comes in later is looked at again"
    assert not visible_to(Text, ANYBODY).filter(pk=text.pk).exists()


def test_a_wording_without_a_place_is_closed_whole(client, text, section):
    add_revision(text, "عنوان\nيمشي القادم من السوق.\nسطر.")

    assert "يمشي القادم" not in page(client, text)
    assert "سطر" not in page(client, text)
