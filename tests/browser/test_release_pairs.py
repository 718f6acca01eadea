"""Releases of a text and of its translation, made at the desk and read side by side."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import editor, visitor
from tests.browser.browsing import Windows

pytestmark = pytest.mark.browser
WORK = "A Canal Keeper's Note to the Trustee · {}"
PHONE = {"width": 390, "height": 844}
OF_BOTH = {
    "introduction_ar": "رقعة.", "introduction_en": "A note.", "change_note_ar": "الأوّل.", "change_note_en": "The first.",
    "license_uri": "https://creativecommons.org/licenses/by/4.0/",
}  # fmt: skip
NEITHER_LIES_ON_THE_OTHER = """() => [...document.querySelectorAll(".pair")].every((pair) => {
  const [one, other] = [...pair.querySelectorAll(":scope > .pair__cell")].map((cell) => cell.getBoundingClientRect());
  return one.right <= other.left || other.right <= one.left || one.bottom <= other.top;
})"""


def publish(page: Page, language: str, title: str) -> str:
    """Make an edition of one of the two, publish it, and return the path of its release without the language."""
    page.goto("/en/desk/editions/new/")
    page.locator("#id_text").select_option(label=WORK.format(language))
    editor.fill(page, {**OF_BOTH, "title_ar": title, "title_en": title})
    editor.publish_at_once(page)
    return f"editions/{title.lower().replace(' ', '-')}/1/"


def test_text_and_translation_are_released_and_read_side_by_side(windows: Windows) -> None:
    desk = windows.open("desk/editions/", who="editor")
    arabic = publish(desk, "Arabic", "The canal note in Arabic")
    alone = windows.open(arabic)
    expect(alone.locator("main")).to_contain_text("no two releases have the wordings that are paired")
    publish(desk, "English", "The canal note in English")

    for javascript in (True, False):
        page = windows.open(arabic, javascript=javascript)
        page.get_by_role("link", name="Side by side: English").click()
        expect(page.locator(".pair").nth(1).locator(".article")).to_have_count(2)
        cells = page.locator(".pair").nth(1).locator(".article")
        assert [cell.get_attribute("dir") for cell in cells.all()] == ["rtl", "ltr"]
    _a_note_opens_below_its_words(windows, arabic)
    _the_choice_is_remembered(windows, arabic)
    _it_fits_a_phone(windows, arabic)


def _a_note_opens_below_its_words(windows: Windows, path: str) -> None:
    page = windows.open(path)
    page.get_by_role("link", name="Side by side: English").click()
    mark = page.locator("[data-pairs] mark[data-note]").first
    note = page.locator(f"#note-{mark.get_attribute('data-note')}")
    expect(note).to_be_hidden()

    mark.click()

    expect(note).to_be_visible()
    expect(note).to_be_focused()


def _the_choice_is_remembered(windows: Windows, path: str) -> None:
    page = windows.open(path)
    page.get_by_role("link", name="Side by side: English").click()
    page.wait_for_url(re.compile(r"\?beside="))

    page.goto(f"/ar/{path}")
    page.wait_for_url(re.compile(r"/ar/.*\?beside="))
    page.goto(f"/ar/{path}?section=1")
    expect(page.locator("article[data-text-id]")).to_be_visible()
    page.goto(f"/en/{path}")
    page.wait_for_url(re.compile(r"\?beside="))
    page.get_by_role("link", name="Read it by itself").first.click()
    expect(page.locator("article[data-text-id]")).to_be_visible()
    page.goto(f"/en/{path}")
    expect(page.locator("article[data-text-id]")).to_be_visible()


def _it_fits_a_phone(windows: Windows, path: str) -> None:
    page = windows.open(path, language="ar", size=PHONE, touch=True)
    page.get_by_role("link", name=re.compile("^جنبًا إلى جنب")).click()
    expect(page.locator("[data-pairs]")).to_be_visible()

    assert page.evaluate(visitor.OVERHANG) == 0
    assert page.evaluate(NEITHER_LIES_ON_THE_OTHER)
