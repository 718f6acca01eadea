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


def test_place_is_found_by_search_without_leaving_the_note(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar")
    open_composer(page, "canal")
    composer = page.locator("note-composer")
    composer.get_by_role("button", name="Find a place").click()
    field = composer.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill("water")
    results = composer.locator(".picker__choose")
    results.first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()

    composer.get_by_label("What to find").select_option("image")
    expect(composer.locator("[data-action=parts]").first).to_be_visible()
    composer.locator("[data-action=parts]").first.click()
    expect(composer.get_by_role("button", name="Back to the results")).to_be_visible()
    part = composer.get_by_label("Another part, in pixels")
    part.fill("0, 0, 99999999, 5")
    page.keyboard.press("Enter")
    expect(composer.get_by_text("This lies outside of it.")).to_be_visible()
    part.fill("10, 10, 40, 30")
    page.keyboard.press("Enter")
    expect(page.locator(".reference-list__target")).to_contain_text("10, 10, 40, 30")
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)


def test_source_that_was_pasted_fills_the_form_and_is_cited(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar2")
    open_composer(page, "canal")
    composer = page.locator("note-composer")
    composer.get_by_role("button", name="A source outside").click()
    composer.get_by_label("Paste BibTeX").fill(
        "@book{a, title={Dams of {Syria}}, author={Doe, Jane}, year={1998}}"
    )
    composer.get_by_role("button", name="Fill in the fields").click()
    expect(composer.get_by_label("Title", exact=True)).to_have_value("Dams of Syria")
    composer.get_by_label("Which pages are meant").fill("12")
    composer.get_by_role("button", name="Add this source").click()
    expect(page.locator(".reference-list__target")).to_have_text("Dams of Syria")
    page.keyboard.press("Control+Enter")
    expect(composer).to_have_count(0)

    line = page.locator("hashiya-workbench .xref").filter(has_text="Dams of Syria")
    expect(line).to_contain_text("Jane Doe")
    expect(line).to_contain_text("1998")
