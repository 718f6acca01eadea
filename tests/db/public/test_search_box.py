"""The box that searches the whole site holds what was asked of it, and nothing that a page was narrowed by."""

from __future__ import annotations

import re

import pytest

from tests.factories_editions import make_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("people/?q=ASKED", ""), ("terms/?q=ASKED", ""), ("desk/works/?q=ASKED", "archivist"), ("desk/images/?q=ASKED", "archivist"),
        ("desk/videos/?q=ASKED", "archivist"), ("desk/files/?q=ASKED", "archivist"), ("desk/collections/?q=ASKED", "archivist"),
        ("desk/people/?q=ASKED", "administrator"), ("desk/review/?state=decided&author=ASKED", "reviewer"),
        ("editions/mill-edition/1/search/?q=ASKED", ""),
    ],
)  # fmt: skip
def test_words_of_a_page_stay_in_the_box_of_the_page(client, people, language, address, role):
    make_desk(people).release()
    if role:
        client.force_login(people[role])

    page = client.get(f"/{language}/{address}")

    assert page.status_code == 200
    header = page.content.decode().partition("</header>")[0]
    assert re.search(r'type="search" name="q" value=""', header)
    assert "ASKED" not in re.sub(r'href="[^"]*"', "", header)


def test_what_was_asked_of_the_whole_site_is_in_its_box(client):
    header = client.get("/en/search/?q=ASKED").content.decode().partition("</header>")[0]

    assert 'name="q" value="ASKED"' in header
