"""Notes are picked for an edition, and decided alike across the queue: with and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import scholar
from tests.browser.browsing import PHONE, Windows

pytestmark = pytest.mark.browser
FILM = "تعديدُ أسماء الروافد"


def is_within(page: Page) -> bool:
    """Whether nothing makes the page wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def only_picked(page: Page, *, is_so: bool) -> None:
    page.get_by_role("link", name="Change the plan").click()
    page.get_by_label("Only notes picked by hand").set_checked(is_so)
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan was saved.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_that_the_rule_leaves_out_is_found_and_picked_in(windows: Windows, javascript: bool) -> None:
    page = windows.open("desk/editions/", who="editor", javascript=javascript, size=PHONE)
    page.get_by_role("link", name="The Ledger of Measures").first.click()
    only_picked(page, is_so=True)
    notes = page.locator("#notes")
    expect(notes).to_contain_text("No note was picked yet.")

    notes.get_by_role("link", name="Pick notes").click()
    every, boxes = notes.get_by_role("button", name="Tick all, or none"), notes.locator("input[name=note]")
    if javascript:
        every.click()
        expect(notes.locator("input[name=note]:checked")).to_have_count(boxes.count())
        every.click()
        expect(notes.locator("input[name=note]:checked")).to_have_count(0)
    else:
        expect(every).to_be_hidden()
    notes.get_by_label("Words of the note or its passage").fill("frogs")
    notes.get_by_role("button", name="Find").click()
    expect(notes.locator(".item")).to_have_count(1)
    expect(notes.locator(".item mark")).to_be_visible()
    if javascript:
        assert is_within(page)
    notes.locator(".item input[type=checkbox]").check()
    notes.get_by_role("button", name="Take the ticked ones in").click()

    expect(page.get_by_text("Taken into the plan: 1.")).to_be_visible()
    expect(notes).to_contain_text("None of the notes left out is like that.")
    notes.get_by_role("link", name=re.compile("Taken in")).click()
    expect(notes.locator(".item")).to_have_count(1)
    expect(notes.locator(".item")).to_contain_text("Picked by hand")

    notes.locator(".item input[type=checkbox]").check()
    notes.get_by_role("button", name="Pick the ticked ones no longer").click()
    only_picked(page, is_so=False)
    expect(notes).not_to_contain_text("Picked by hand")


def test_notes_of_several_authors_are_looked_at_and_decided_alike(windows: Windows) -> None:
    body = "حاشيةٌ تُقبل مع غيرها."
    scholar.hand_in_one(windows, body)
    page = windows.open("desk/review/", who="reviewer", size=PHONE, javascript=False)

    page.get_by_role("button", name="Decide on several alike").click()
    expect(page.get_by_role("heading", name="Decide on several notes")).to_be_visible()
    assert page.locator("ol .item").count() > 2
    for box in page.locator("input[name=note]").all():
        box.uncheck()
    page.locator(".item", has_text=body).get_by_role("checkbox").check()
    page.locator(".item", has_text=FILM).get_by_role("checkbox").check()
    page.get_by_role("button", name="See what will be recorded").click()

    expect(page.get_by_role("heading", name="What will be recorded")).to_be_visible()
    expect(page.get_by_text("2 notes will be accepted.")).to_be_visible()
    expect(page.locator("ol .item")).to_have_count(2)
    expect(page.locator(".item", has_text=body).locator("mark")).to_be_visible()

    # The one on the film goes on waiting for the tests beside this one.
    page.get_by_role("button", name="Change it").click()
    page.locator(".item", has_text=FILM).get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="See what will be recorded").click()
    page.get_by_role("button", name="Record 1 decision").click()

    expect(page.get_by_text("1 decision recorded.")).to_be_visible()
    page.get_by_role("button", name="Decide on several alike").click()
    expect(page.locator(".item", has_text=body)).to_have_count(0)
    expect(page.locator(".item", has_text=FILM)).to_have_count(1)
