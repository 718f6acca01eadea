"""What changed since an earlier release, read in the text: from change to change, what stood there, from any passage."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import visitor
from tests.browser.browsing import Windows
from tests.browser.pages import drag

pytestmark = pytest.mark.browser
EDITION = "editions/the-road-to-the-water/"
SINCE = f"{EDITION}2/?since=1"
PHONE = {"width": 390, "height": 844}
#: Words of the paragraph in the middle of the window, where nothing of the page lies over them.
IN_VIEW = (
    """selector => document.querySelector(selector).scrollIntoView({block: "center", behavior: "instant"})"""
)


def stop(page: Page) -> str:
    """Return the change that the address names."""
    return str(page.evaluate("() => location.hash.slice(1)"))


def stops(page: Page) -> list[str]:
    return [line.get_attribute("data-stop") or "" for line in page.locator("#changes [data-stop]").all()]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_keys_and_buttons_go_from_change_to_change_and_each_has_its_address(
    windows: Windows, language: str
) -> None:
    page = windows.open(SINCE, language=language)
    visitor.ready(page)
    known = stops(page)
    first = known.index("change-1")
    page.goto(f"{page.url}#change-1")
    expect(page.locator("#change-1")).to_be_in_viewport()

    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(rf"#{known[first + 1]}$"))
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile("#change-1$"))
    page.locator("[data-step='1']").click()

    assert stop(page) == known[first + 1]
    numbers = page.locator("[data-steps] [data-at]").inner_text()
    assert str(first + 2) in numbers or language == "ar"


def test_what_stood_there_opens_in_place(windows: Windows) -> None:
    page = windows.open(SINCE)
    visitor.ready(page)
    sign = page.locator("#text a.was").first
    words = sign.get_attribute("data-was") or ""

    sign.click()

    opened = page.get_by_role("dialog", name="What changed here")
    expect(opened).to_contain_text(words.rstrip("…").split()[0])
    opened.get_by_role("link", name="In release 1").click()
    page.wait_for_url(re.compile(r"/the-road-to-the-water/1/\?at="))
    expect(page.locator("#text mark[aria-current]").first).to_be_visible()


def test_the_text_of_the_page_stays_the_releases_own(windows: Windows) -> None:
    plain, told = windows.open(f"{EDITION}2/"), windows.open(SINCE)

    assert told.locator("#text").text_content() == plain.locator("#text").text_content()
    # The script found what the server counted, so that notes are where they were.
    visitor.ready(told)


def test_without_a_script_signs_and_the_list_lead_to_each_other(windows: Windows) -> None:
    page = windows.open(f"{EDITION}2/", javascript=False)
    page.locator(".drop summary", has_text="Release 2").click()
    page.get_by_role("link", name="Show in the text what changed since release 1").click()
    expect(page.locator("[data-steps]")).to_be_hidden()

    page.locator("#text a.was").first.click()
    expect(page).to_have_url(re.compile(r"#was-\d+$"))
    line = page.locator(f"#{page.url.rpartition('#')[2]}")
    expect(line).to_be_in_viewport()
    line.get_by_role("link", name="In the text").click()
    expect(page).to_have_url(re.compile(r"#change-\d+$"))
    expect(page.locator(f"#{page.url.rpartition('#')[2]}")).to_be_in_viewport()


def test_a_note_that_was_left_out_is_shown_on_a_phone_too(windows: Windows) -> None:
    page = windows.open(SINCE, language="ar", size=PHONE, touch=True)
    visitor.ready(page)
    gone = next(name for name in stops(page) if name.startswith("gone-"))

    page.goto(f"{page.url}#{gone}")

    expect(page.get_by_role("dialog", name="ما الذي تغيّر هنا")).to_contain_text("أُخرجت منذ الإصدار")
    assert page.evaluate(visitor.OVERHANG) == 0


def test_a_selected_passage_leads_to_its_other_readings(windows: Windows) -> None:
    page = windows.open(f"{EDITION}2/")
    visitor.ready(page)
    words = page.locator("#text p.block").nth(1).text_content() or ""
    first, last = words.split()[2], words.split()[5]
    page.evaluate(IN_VIEW, "#text p.block:nth-of-type(2)")

    drag(page, first, last)
    page.locator('.selection-toolbar [data-action="readings"]').click()

    page.wait_for_url(re.compile(r"/readings/\?at=\d+-\d+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How a passage reads in the releases")
    expect(page.locator("main")).to_contain_text("Release 1")
