"""A page whose scripts are late: what was pressed meanwhile is neither lost nor done without being asked about."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.browsing import Windows

pytestmark = pytest.mark.browser
DESK_SCRIPT = re.compile(r"/desk-[^/]*\.js$")


def test_what_cannot_be_undone_is_asked_about_though_the_script_came_later(windows: Windows) -> None:
    page = windows.open("desk/", who="scholar")
    late: list[Route] = []
    page.route(DESK_SCRIPT, lambda route: late.append(route))
    with page.expect_request(DESK_SCRIPT):
        page.get_by_role("navigation", name="Desk").get_by_role("link", name="My notes").click()

    page.get_by_role("button", name="Undo").first.press("Enter")
    late[0].continue_()

    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    expect(page.locator(".messages")).to_have_count(0)
