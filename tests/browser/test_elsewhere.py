"""A note is joined to a passage of another text: found in another window, selected there, and linked here."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import scholar
from tests.browser.browsing import Windows

pytestmark = pytest.mark.browser


def open_work(page: Page, title: str) -> None:
    page.goto(f"/en/search/?kind=work&q={title}")
    page.locator(".item__title a").first.click()
    scholar.open_workbench(page)


def select(page: Page) -> str:
    """Select the words of a line with the mouse; return them."""
    number = scholar.long_pair(page)
    scholar.show(page, number)
    scholar.drag(page, (number, 5), (number, 30))
    expect(page.get_by_role("toolbar")).to_be_visible()
    return str(page.evaluate("getSelection().toString()"))


def test_passage_of_another_text_is_picked_in_another_window(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar")
    open_work(page, "canal")
    select(page)
    page.keyboard.press("l")
    composer = page.locator("note-composer")
    composer.get_by_role("combobox").first.wait_for()

    with page.expect_popup() as opened:
        composer.get_by_role("link", name="Pick in another text").click()
    other = opened.value
    expect(composer.get_by_text("In the other window")).to_be_visible()
    expect(other.get_by_role("searchbox").first).to_be_visible()
    open_work(other, "water")
    assert other.url != page.url
    words = select(other)
    other.get_by_role("button", name="Link to my pending note").click()

    expect(other.get_by_text("Linked. Your note waits in the other window.")).to_be_visible()
    expect(page.locator(".reference-list__target")).to_have_text(words.strip()[:80])
    expect(composer.get_by_role("link", name="Pick in another text")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)
    expect(page.locator("hashiya-workbench .xref").first).to_be_visible()


def test_a_window_whose_note_was_closed_is_told_of(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar2")
    open_work(page, "canal")
    select(page)
    page.keyboard.press("l")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Pick in another text").click()
    other = opened.value
    open_work(other, "water")
    select(other)
    expect(other.get_by_role("button", name="Link to my pending note")).to_be_visible()

    page.get_by_role("button", name="Stop picking").click()
    other.get_by_role("button", name="Link to my pending note").click()

    expect(other.get_by_text("The note that asked is not open any more.")).to_be_visible()
