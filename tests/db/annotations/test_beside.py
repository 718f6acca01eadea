"""Several texts side by side in the workbench: any that one may read, paired ones scrolling together."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from archive.enums import Access
from archive.models import User
from tests.db.archive.test_translations_side_by_side import act, declared
from tests.factories_notes import make_text

pytestmark = pytest.mark.django_db


def page_of(user: User, text: object, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/en/workbench/{text.public_id}/{query}").content.decode()  # type: ignore[attr-defined]


def told(page: str) -> list[dict[str, object]]:
    found = re.search(r'id="beside-data" type="application/json">(.*?)</script>', page)
    assert found
    data: list[dict[str, object]] = json.loads(found[1])
    return data


def test_up_to_three_texts_stand_beside_the_one_that_is_worked_in(people):
    texts = [make_text(slug=f"text-{number}") for number in range(5)]
    query = "?" + "&".join(f"beside={text.public_id}" for text in [texts[1], *texts])

    page = page_of(people["scholar"], texts[0], query)

    assert page.count("data-pane=") == 3
    assert page.count("data-text-id=") == 1  # Selecting and notes belong to one of them.
    assert 'id="p0b1"' in page
    assert "Four texts are open" in page
    assert f"/en/workbench/{texts[1].public_id}/?beside={texts[0].public_id}" in page
    assert page_of(people["scholar"], texts[0]).count("data-pane=") == 0


def test_a_text_that_one_may_not_read_is_as_if_there_were_none(people):
    text, hidden = make_text(), make_text("سرّ الطاحونة\nزبرجد", access=Access.DRAFT, slug="hidden")

    page = page_of(people["scholar"], text, f"?beside={hidden.public_id}&find=Bridges")
    nothing = page_of(people["scholar"], text, "?beside=nothing&find=Bridges")

    assert "زبرجد" not in page
    # What somebody asks for is given back where the page asks on.
    asked = (f"?beside={hidden.public_id}", f'name="beside" value="{hidden.public_id}"')
    assert hidden.public_id not in page.replace(asked[0], "").replace(asked[1], "")
    assert page.count("data-pane=") == nothing.count("data-pane=") == 0


def test_a_text_is_found_by_the_title_of_its_work(people):
    text, other = make_text(), make_text(slug="other")

    assert other.public_id not in page_of(people["scholar"], text)
    assert f'value="{other.public_id}"' in page_of(people["scholar"], text, "?find=Bridges")


def test_a_translation_that_is_paired_and_approved_scrolls_along_from_either_side(people):
    original = make_text()
    translation = declared(original, people)
    before = page_of(people["scholar"], original, f"?beside={translation.public_id}")
    act(translation, people, "approve")

    after = page_of(people["scholar"], original, f"?beside={translation.public_id}")
    turned = page_of(people["scholar"], translation, f"?beside={original.public_id}")

    assert told(before)[0]["pairs"] == []
    assert told(after)[0]["pairs"][0] == [1, 1]
    assert [pair[::-1] for pair in told(turned)[0]["pairs"]] == told(after)[0]["pairs"]
    assert "scrolls along" in after
