"""The rows of credits in the form of an edition: with the keyboard, with and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import Windows

pytestmark = pytest.mark.browser


def plan(windows: Windows, *, javascript: bool = True) -> Page:
    page = windows.open("desk/editions/", who="editor", javascript=javascript)
    page.get_by_role("link", name="The Road to the Water").first.click()
    page.get_by_role("link", name="Change the plan").click()
    return page


def row(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Person {number}", exact=True)


def names(page: Page) -> list[str]:
    return [
        field.input_value() for field in page.locator("#credits li").get_by_label("Name in English").all()
    ]


@pytest.mark.parametrize("javascript", [True, False])
def test_rows_are_moved_added_and_taken_away_with_the_keyboard(windows: Windows, javascript: bool) -> None:
    page = plan(windows, javascript=javascript)
    before = names(page)
    row(page, 1).get_by_label("Role in words").fill("cartographer of wells")

    page.get_by_role("button", name="Person 1: move down").press("Enter")
    expect(row(page, 2).get_by_label("Role in words")).to_have_value("cartographer of wells")
    assert names(page) == [before[1], before[0], *before[2:]]

    page.get_by_role("button", name="Add a person").press("Enter")
    added = row(page, len(before) + 1)
    added.get_by_label("Name in English").fill("Rim")
    page.get_by_role("button", name=f"Person {len(before) + 1}: move up").press("Space")
    expect(row(page, len(before)).get_by_label("Name in English")).to_have_value("Rim")

    page.get_by_role("button", name="Person 1: take away").press("Enter")
    expect(page.locator("#credits li")).to_have_count(len(before))
    assert names(page) == [before[0], *before[2:-1], "Rim", before[-1]]
    assert page.get_by_role("button", name="Person 1: move up").is_disabled()


def test_roles_that_are_ticked_are_told_beside_the_closed_fold(windows: Windows) -> None:
    page = plan(windows)
    fold = row(page, 1).locator("details")
    fold.locator("summary").click()

    row(page, 1).get_by_role("checkbox", name="Software").check()
    fold.locator("summary").click()

    expect(fold.locator("summary")).to_contain_text("Software")


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_in_a_field_sends_the_plan_and_moves_no_row(windows: Windows, javascript: bool) -> None:
    page = plan(windows, javascript=javascript)
    before = names(page)
    field = row(page, 2).get_by_label("ORCID iD")
    field.fill("0000-0002-1825-0098")

    field.press("Enter")

    expect(row(page, 2)).to_contain_text("its last sign does not fit the others")
    expect(row(page, 2).get_by_label("ORCID iD")).to_have_value("0000-0002-1825-0098")
    assert names(page) == before
