"""A text is corrected in its editor: boxes that grow, keys, words that nobody loses; in Arabic and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import archivist
from tests.browser.browsing import PHONE, Windows, ready
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

TEXT = """# في وصف القنطرة

بُني الجسر من [حجرٍ](#) أبيض.

وعليه مارّةٌ *كثيرون*.

- نقطة أولى
- نقطة ثانية
"""


def edited(windows: Windows, folder: Path) -> Page:
    """Send a text in and open the editor of its draft, in Arabic."""
    file = folder / "qantara.md"
    file.write_text(TEXT)
    page = windows.open(who="archivist")
    archivist.upload_text(page, file, language="ar")
    page.goto(page.url.replace("/en/", "/ar/"))
    page.get_by_role("link", name="تحرير", exact=True).click()
    listening(page)
    return page


def listening(page: Page) -> None:
    ready(page)
    expect(page.locator("form[data-editor][data-ready]")).to_be_visible()


def box(page: Page, number: int) -> Locator:
    return page.locator(f"#e{number} textarea")


def height(one: Locator) -> float:
    place = one.bounding_box()
    assert place
    return place["height"]


def test_page_is_typed_into_saved_by_a_key_and_taken_back(windows: Windows, tmp_path: Path) -> None:
    page = edited(windows, tmp_path)
    sign = page.get_by_text("تغييرات لم تُحفظ")
    expect(box(page, 2)).to_have_value("بُني الجسر من [حجرٍ](#) أبيض.")
    expect(sign).to_be_hidden()
    before = height(box(page, 2))

    # A box grows with its words, and the page says that they are not saved.
    box(page, 2).press("ControlOrMeta+End")
    box(page, 2).press_sequentially("\nوله **سبع** عيون.\nو")
    assert height(box(page, 2)) > before + 20
    expect(sign).to_be_visible()

    # Backspace at the start joins a box to the one before, as if both had been typed there.
    box(page, 5).press("ControlOrMeta+Home")
    box(page, 5).press("Backspace")
    expect(box(page, 4)).to_have_value("- نقطة أولى نقطة ثانية")
    expect(box(page, 4)).to_be_focused()
    expect(box(page, 5)).to_have_value("")
    assert box(page, 4).evaluate("box => box.selectionStart") == len("- نقطة أولى ")

    # Who leaves is asked; who saves is not.
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="التقرير").click()
    expect(box(page, 5)).to_have_value("")
    assert asked == ["beforeunload"]
    box(page, 4).focus()
    with page.expect_navigation():
        page.keyboard.press("ControlOrMeta+KeyS")
    listening(page)
    expect(page.get_by_text("حُفظ: تغيّرت 3 كتل.")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(4)
    expect(box(page, 2)).to_have_value("بُني الجسر من [حجرٍ](#) أبيض.\nوله **سبع** عيون.\nو")
    expect(sign).to_be_hidden()
    assert page.evaluate("() => document.activeElement.name") == "text-3"

    # What the report says stands beside the block; its button saves what was typed with it.
    beside = page.locator("#e2 .beside--open")
    wide, text = beside.bounding_box(), box(page, 2).bounding_box()
    assert wide
    assert text
    assert wide["x"] + wide["width"] <= text["x"]
    box(page, 3).fill("وعليه مارّةٌ كثيرون جدًا.")
    beside.get_by_label("عنوان الرابط").fill("https://example.org/حجر")
    with page.expect_navigation():
        beside.get_by_role("button", name="ضبط العنوان").click()
    listening(page)
    expect(page.locator("#e2 .beside--fixed")).to_be_visible()
    expect(box(page, 2)).to_have_value(re.compile(re.escape("[حجرٍ](https://example.org/حجر)")))
    expect(box(page, 3)).to_have_value("وعليه مارّةٌ كثيرون جدًا.")

    page.get_by_role("button", name="تراجع").click()
    listening(page)
    expect(box(page, 2)).to_have_value(re.compile(re.escape("[حجرٍ](#)")))
    assert page.url.endswith("/edit/?page=1")


def test_other_window_saved_first_and_nothing_is_lost_on_a_phone(windows: Windows, tmp_path: Path) -> None:
    windows.watch.expected.append("412")
    page = edited(windows, tmp_path)
    page.set_viewport_size(PHONE)
    other = page.context.new_page()
    other.goto(page.url)
    listening(other)
    box(other, 2).fill("بُني الجسر من طين.")
    with other.expect_navigation():
        other.get_by_role("button", name="حفظ", exact=True).click()

    box(page, 2).fill("بُني الجسر من خشب.")
    box(page, 3).fill("## مارّة")
    with page.expect_navigation():
        page.get_by_role("button", name="حفظ", exact=True).click()
    listening(page)

    expect(box(page, 2)).to_have_value("بُني الجسر من خشب.")
    expect(page.locator("#e2 .draft-row__stands")).to_contain_text("بُني الجسر من طين.")
    expect(box(page, 3)).to_have_value("## مارّة")
    expect(page.get_by_text("تغييرات لم تُحفظ")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    with page.expect_navigation():
        page.get_by_role("button", name="حفظ", exact=True).click()
    listening(page)
    expect(box(page, 2)).to_have_value("بُني الجسر من خشب.")
    expect(page.locator("#e3")).to_contain_text("عنوان 2")


def opened_again(page: Page) -> Page:
    """Lose the window with what was typed, and open its page in another."""
    page.wait_for_function(
        "() => Object.keys(localStorage).some((name) => name.startsWith('hashiya.editor.'))"
    )
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))")
    again = page.context.new_page()
    again.goto(page.url)
    page.close()
    listening(again)
    return again


def test_words_of_a_lost_window_come_back_until_they_are_saved(windows: Windows, tmp_path: Path) -> None:
    page = edited(windows, tmp_path)
    box(page, 2).fill("بُني الجسر من طين.")
    page.locator("#e2").get_by_label("عنوان الرابط").fill("https://example.org/")

    page = opened_again(page)

    expect(page.get_by_text("عاد ما كنت كتبته هنا ولم تحفظه.")).to_be_visible()
    expect(box(page, 2)).to_have_value("بُني الجسر من طين.")
    expect(page.locator("#e2").get_by_label("عنوان الرابط")).to_have_value("https://example.org/")
    expect(page.get_by_text("تغييرات لم تُحفظ")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="حفظ", exact=True).click()
    listening(page)
    assert page.evaluate("() => Object.keys(localStorage).filter((name) => name.includes('editor'))") == []

    # What is thrown away does not come back either.
    box(page, 3).fill("كلام")
    page = opened_again(page)
    expect(box(page, 3)).to_have_value("كلام")
    page.get_by_role("button", name="التخلي عنه").click()
    expect(box(page, 3)).to_have_value("وعليه مارّةٌ *كثيرون*.")
    expect(page.get_by_text("تغييرات لم تُحفظ")).to_be_hidden()
    page.reload()
    listening(page)
    expect(box(page, 3)).to_have_value("وعليه مارّةٌ *كثيرون*.")


def test_words_of_a_lost_window_stand_beside_a_block_that_changed(windows: Windows, tmp_path: Path) -> None:
    page = edited(windows, tmp_path)
    page.set_viewport_size(PHONE)
    other = page.context.new_page()
    other.goto(page.url)
    listening(other)
    box(page, 2).fill("بُني الجسر من طين.")
    box(page, 5).fill("- نقطة ثالثة")
    page.wait_for_function(
        "() => Object.keys(localStorage).some((name) => name.startsWith('hashiya.editor.'))"
    )
    # Another archivist's browser keeps nothing here.
    other.evaluate("() => localStorage.clear()")
    box(other, 2).fill("بُني الجسر من خشب.")
    with other.expect_navigation():
        other.get_by_role("button", name="حفظ", exact=True).click()
    listening(other)
    box(page, 5).press_sequentially("!")

    page = opened_again(page)

    expect(box(page, 2)).to_have_value("بُني الجسر من خشب.")
    expect(box(page, 5)).to_have_value("- نقطة ثالثة!")
    lost = page.locator("textarea[name=lost-2]")
    expect(lost).to_have_value("بُني الجسر من طين.")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # It stays with the page, whatever is saved, until it is emptied.
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("button", name="حفظ", exact=True).click()
        listening(page)
        expect(lost).to_have_value("بُني الجسر من طين.")
    lost.fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="حفظ", exact=True).click()
    listening(page)
    expect(lost).to_have_count(0)


def test_who_types_after_a_save_that_was_stopped_is_asked_before_leaving(
    windows: Windows, tmp_path: Path
) -> None:
    page = edited(windows, tmp_path)
    address, asked = page.url, list[str]()
    # The answer never comes, and the browser stays where it was.
    page.route(
        "**/edit/",
        lambda route: route.abort("aborted") if route.request.method == "POST" else route.continue_(),
    )
    page.locator("#e2").get_by_label("عنوان الرابط").fill("https://example.org/")
    expect(page.get_by_text("تغييرات لم تُحفظ")).to_be_visible()
    page.keyboard.press("ControlOrMeta+KeyS")
    box(page, 3).press_sequentially("كلام")
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="التقرير").click()

    assert page.url == address
    assert asked == ["beforeunload"]


def test_report_stands_below_its_block_on_a_phone_and_the_page_has_no_grave_fault(
    windows: Windows, tmp_path: Path
) -> None:
    page = edited(windows, tmp_path)
    page.set_viewport_size(PHONE)

    beside, text = page.locator("#e2 .beside--open").bounding_box(), box(page, 2).bounding_box()

    assert beside
    assert text
    assert beside["y"] >= text["y"] + text["height"]
    page.get_by_text("كيف تُكتب الكتل").click()
    assert faults(page, "ar") == []
