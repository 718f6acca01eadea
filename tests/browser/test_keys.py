"""Single keys of every page: the search box, the list of keys, and silence for those who want none."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import Windows

pytestmark = pytest.mark.browser


def test_slash_goes_to_the_search_box_and_is_a_letter_inside_it(windows: Windows) -> None:
    page = windows.open("catalogue/")

    page.keyboard.press("/")
    box = page.get_by_role("searchbox").first
    expect(box).to_be_focused()
    page.keyboard.type("a/?b")

    expect(box).to_have_value("a/?b")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_question_mark_tells_the_keys_and_gives_the_focus_back(windows: Windows) -> None:
    page = windows.open("catalogue/", language="ar")
    link = page.get_by_role("link", name="الطبعات").first
    link.focus()

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="المفاتيح")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("الانتقال إلى خانة البحث")).to_be_visible()
    page.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_single_keys_can_be_switched_off_for_good_and_on_again(windows: Windows) -> None:
    page = windows.open("catalogue/")
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox", name="Single keys do something").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()

    page.goto("/en/editions/")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.get_by_role("searchbox").first).not_to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox", name="Single keys do something").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
