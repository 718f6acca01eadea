"""An edition of two parts from its beginning to its readers: chosen and put in order, published, read in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import editor
from tests.browser.browsing import Windows
from tests.browser.visitor import ready as notes_are_painted

pytestmark = pytest.mark.browser
#: The heads of both parts in the text, in the order in which this edition has them.
PARTS = ("الكرّاسة الثانية", "الكرّاسة الأولى")
WORDS = {
    "title_ar": "الدفتر من آخره", "title_en": "The ledger from its end", "introduction_ar": "الكرّاسة الثانية أوّلًا.",
    "introduction_en": "The second booklet first.", "change_note_ar": "الأوّل.", "change_note_en": "The first.",
    "license_uri": "https://creativecommons.org/licenses/by/4.0/",
}  # fmt: skip


def parts(page: Page) -> list[tuple[str, bool]]:
    """Return the parts that the form offers, in their order, each with whether it is ticked."""
    boxes = page.locator("#parts").get_by_role("checkbox").all()
    return [(box.locator("xpath=..").locator("bdi").inner_text(), box.is_checked()) for box in boxes]


def choose(page: Page) -> None:
    """Choose the first booklet of the ledger, and let the page show what else its work has."""
    texts = page.locator("#id_text")
    labels = texts.locator("option").all_inner_texts()
    texts.select_option(label=next(label for label in labels if "The First Booklet" in label))
    page.get_by_role("button", name="Show the parts of its work").click()
    expect(page.locator("#parts")).to_be_visible()


def contents(page: Page) -> Locator:
    """Return the contents beside the text, unfolded."""
    fold = page.locator(".reader__contents details")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


@pytest.mark.parametrize("javascript", [True, False])
def test_parts_are_ticked_and_put_in_order_where_an_edition_is_begun(
    windows: Windows, javascript: bool
) -> None:
    page = windows.open("desk/editions/new/", who="editor", javascript=javascript)
    page.locator("#id_title_en").fill("Half a title")

    choose(page)
    assert [ticked for _name, ticked in parts(page)] == [True, False]
    expect(page.locator("#id_title_en")).to_have_value("Half a title")
    page.get_by_role("checkbox", name="The Second Booklet").check()
    page.get_by_role("button", name="Part 2: move up").press("Enter")

    expect(page.locator("#parts li").first).to_contain_text("The Second Booklet")
    assert [ticked for _name, ticked in parts(page)] == [True, True]


def test_edition_of_two_parts_is_begun_published_and_read_in_both_languages(windows: Windows) -> None:
    page = windows.open("desk/editions/new/", who="editor")
    choose(page)
    page.get_by_role("checkbox", name="The Second Booklet").check()
    page.get_by_role("button", name="Part 2: move up").click()
    editor.fill(page, WORDS)
    editor.publish_at_once(page)

    for language, title in (("ar", "الدفتر من آخره"), ("en", "The ledger from its end")):
        reader = windows.open("editions/the-ledger-from-its-end/1/", language=language)
        expect(reader.get_by_role("heading", level=1)).to_have_text(title)
        notes_are_painted(reader)
        entries = [link.inner_text() for link in contents(reader).get_by_role("link").all()]
        assert [entry for entry in entries if entry in PARTS] == list(PARTS)
        for name in reversed(PARTS):
            contents(reader).get_by_role("link", name=name).click()
            expect(reader.locator("#text").get_by_role("heading", name=name)).to_be_in_viewport()
            notes_are_painted(reader)
