"""Parts are chosen where an edition is begun: those of the work of the chosen text, in any order."""

from __future__ import annotations

import re

import pytest

from annotations.models import Edition
from archive.models import Text
from tests.factories_editions import make_desk
from tests.factories_parts import Parted, make_parted

pytestmark = pytest.mark.django_db
URL = "/en/desk/editions/new/"
OTHER = "Another text was chosen"


@pytest.fixture
def parted(people) -> Parted:
    return make_parted(people)


@pytest.fixture
def editor(parted, client):
    client.force_login(parted.people["editor"])
    return client


def rows(response) -> list[tuple[str, bool]]:
    """Return the parts that a page offers, each with whether it is ticked."""
    boxes = re.findall(r'name="parts" value="(\w+)"( checked)?', response.content.decode())
    return [(ident, bool(ticked)) for ident, ticked in boxes]


def sent(parted: Parted, **fields):
    first, second = parted.first.public_id, parted.second.public_id
    return {
        "text": first, "title_en": "Begun", "required_approvals": "1", "parts_of": first, "parts_order": [first, second],
        "parts": [first, second], **fields,
    }  # fmt: skip


def begun() -> Edition:
    return Edition.objects.get(title_en="Begun")


def texts(edition: Edition) -> list[str]:
    return [edition.text.public_id, *(part.text.public_id for part in edition.parts.order_by("position"))]


def test_nothing_is_offered_before_a_text_is_chosen(editor):
    assert rows(editor.get(URL)) == []
    assert "Choose a text first." in editor.post(URL, {"show_parts": "1"}).content.decode()


def test_page_of_a_chosen_text_offers_its_work_with_this_text_ticked(editor, parted):
    page = editor.get(URL, {"text": parted.second.public_id})

    assert rows(page) == [(parted.first.public_id, False), (parted.second.public_id, True)]


def test_parts_are_shown_for_the_chosen_text_and_nothing_typed_is_lost(editor, parted):
    page = editor.post(URL, {"text": parted.first.public_id, "title_en": "Begun", "show_parts": "1"})

    assert rows(page) == [(parted.first.public_id, True), (parted.second.public_id, False)]
    assert 'value="Begun"' in page.content.decode()
    assert not Edition.objects.filter(title_en="Begun").exists()


def test_work_of_one_text_has_nothing_to_choose(editor, people):
    alone = make_desk(people).text

    page = editor.post(URL, {"text": alone.public_id, "show_parts": "1"})

    assert rows(page) == []
    assert "Its work has this text alone." in page.content.decode()


def test_edition_is_begun_with_the_ticked_parts_in_their_order(editor, parted):
    order = [parted.second.public_id, parted.first.public_id]

    editor.post(URL, sent(parted, parts_order=order))

    assert texts(begun()) == order


def test_rows_are_moved_without_a_script_and_keep_their_ticks(editor, parted):
    page = editor.post(URL, sent(parted, parts=[parted.second.public_id], part="down-0"))

    assert rows(page) == [(parted.second.public_id, True), (parted.first.public_id, False)]


def test_edition_is_begun_of_the_text_alone_where_parts_were_not_looked_at(editor, parted):
    given = {"text": parted.second.public_id, "title_en": "Begun", "required_approvals": "1"}

    editor.post(URL, given)

    assert texts(begun()) == [parted.second.public_id]


def test_no_part_ticked_is_told(editor, parted):
    page = editor.post(URL, sent(parted, parts=[]))

    assert "Tick at least one part." in page.content.decode()


def test_ticks_for_one_text_are_not_taken_for_another(editor, parted):
    page = editor.post(URL, sent(parted, text=parted.second.public_id))

    assert OTHER in page.content.decode()
    assert rows(page) == [(parted.first.public_id, False), (parted.second.public_id, True)]
    again = sent(parted, text=parted.second.public_id, parts_of=parted.second.public_id)
    editor.post(URL, again)
    assert texts(begun()) == [parted.first.public_id, parted.second.public_id]


def test_text_of_another_work_without_further_parts_needs_no_second_look(editor, parted, people):
    alone = make_desk(people).text

    editor.post(URL, sent(parted, text=alone.public_id))

    assert texts(begun()) == [alone.public_id]


def test_text_without_words_yet_is_not_offered(editor, parted):
    Text.objects.create(work=parted.work, language="ar", direction="rtl", order=3)

    assert len(rows(editor.get(URL, {"text": parted.first.public_id}))) == 2
