"""A place is picked up in one text and put down in another, by keyboard alone; it outlives pages and machines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Windows
from tests.browser.test_elsewhere import open_work, select

pytestmark = pytest.mark.browser


def open_composer(page: Page, title: str) -> None:
    open_work(page, title)
    select(page)
    page.keyboard.press("l")
    page.locator("note-composer").get_by_role("combobox").first.wait_for()


def test_picked_up_passage_is_put_down_in_another_text_by_keyboard(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar")
    open_work(page, "water")
    words = select(page).strip()
    page.keyboard.press("p")
    expect(page.get_by_text("Picked up:")).to_be_visible()

    open_composer(page, "canal")
    composer = page.locator("note-composer")
    composer.get_by_role("button", name="From the basket").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".picker__choose").first).to_be_focused()
    page.keyboard.press("Enter")

    target = page.locator(".reference-list__target")
    expect(target).to_contain_text(" ".join(words.split())[:40])
    expect(composer.get_by_role("button", name="From the basket")).to_be_focused()
    row = page.locator(".reference-list__item")
    row.get_by_role("combobox").first.select_option("explains")
    row.get_by_role("button", name="Turn the direction round").click()
    row.get_by_role("textbox").fill("See there")
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)
    line = page.locator("hashiya-workbench .xref").filter(has_text="See there")
    expect(line).to_contain_text("is explained by")

    other = windows.open("desk/basket/", who="scholar")
    expect(other.locator(".item-list .item").first).to_contain_text(" ".join(words.split())[:40])


def test_basket_is_worked_through_with_keys(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar2")
    open_work(page, "water")
    select(page)
    page.keyboard.press("p")
    expect(page.get_by_text("Picked up:")).to_be_visible()
    open_composer(page, "canal")
    page.get_by_role("button", name="Pick up this place").click()
    expect(page.get_by_text("Picked up:").last).to_be_visible()

    page.get_by_role("button", name="From the basket").click()
    places = page.locator(".picker__choose")
    expect(places).to_have_count(2)
    expect(places.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(places.nth(1)).to_be_focused()
    page.keyboard.press("Delete")
    expect(places).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("basket-picker")).to_have_count(0)
    expect(page.get_by_role("button", name="From the basket")).to_be_focused()
