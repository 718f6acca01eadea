"""Five thousand notes on one word: the page stays a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import open_page, point
from tests.browser.textlayer_site import Site, piled, serve

pytestmark = pytest.mark.browser

WORDS = "المنارة إلا"
#: What a person waits for; before the cards came by and by it took more than a minute.
PATIENCE = 15_000


@pytest.mark.parametrize(("name", "cards"), [("workbench", "note-card"), ("reader", ".note")])
def test_click_on_five_thousand_notes_shows_the_first_and_brings_more(
    chromium: Browser, name: str, cards: str
) -> None:
    with serve(Site(piled(WORDS))) as site:
        page = open_page(chromium, site, name)
        page.mouse.click(*point(page, WORDS))

        popup = page.get_by_role("dialog")
        expect(popup).to_be_visible(timeout=PATIENCE)
        expect(popup).to_have_accessible_name("5,000 حاشية هنا")
        shown = popup.locator(f":scope > {cards}")
        expect(shown).to_have_count(40)
        more = popup.get_by_role("button", name="عرض المزيد منها")
        more.focus()
        page.keyboard.press("Enter")
        expect(shown).to_have_count(80, timeout=PATIENCE)
        # Asked for once, not for each.
        assert len([one for one in site.requests if one[1].startswith("/api/annotations")]) < 10


def test_panel_lists_the_first_and_always_the_chosen_one(chromium: Browser) -> None:
    with serve(Site(piled(WORDS))) as site:
        page = open_page(chromium, site, "workbench", "#note-n4999")

        listed = page.locator(".workbench__notes > note-card")
        expect(page.locator('note-card [data-note="n4999"][aria-current="true"]')).to_be_visible(
            timeout=PATIENCE
        )
        expect(listed).to_have_count(61)
        page.locator('[data-action="more-notes"]').click()
        expect(listed).to_have_count(121)
