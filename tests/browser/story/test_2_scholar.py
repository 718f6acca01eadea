"""Chapter two: a scholar writes six notes by mouse, keyboard and touch, and hands them in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import scholar
from tests.browser.browsing import PHONE, Windows
from tests.browser.story.conftest import TITLE, Story

pytestmark = pytest.mark.browser

BY_MOUSE = "حاشية بالفأرة تمتدّ على فقرتين."
BY_KEYS = "حاشية كُتبت بلوحة المفاتيح وحدها."
BY_TOUCH = "حاشية كُتبت بالإصبع على الهاتف."
JOINED = "هذا الموضع يردّ على الموضع الآخر."
OVERLAP = "حاشية ثانية على الكلمات نفسها."
HALF = "جملة لم تكتمل حين أُغلق الحاسوب"


def test_a_scholar_annotates_it(windows: Windows, story: Story) -> None:
    story.needs("brought in")
    page = windows.open("catalogue/", who="scholar")
    page.get_by_role("link", name=TITLE).first.click()
    scholar.open_workbench(page)
    story.workbench = page.url
    first = scholar.long_pair(page)

    # With the mouse, over the end of one paragraph and the beginning of the next.
    scholar.note_by_mouse(page, (first, -30), (first + 1, 40), BY_MOUSE)
    quote = scholar.card(page, BY_MOUSE).locator(".note__quote").inner_text()
    assert len(quote.split()) > 6

    # By the keyboard alone: C for the caret, arrows, Enter for the bar; a tag found from either language.
    page.keyboard.press("c")
    page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(scholar.composer(page).locator("textarea")).to_be_focused()
    page.keyboard.type(BY_KEYS)
    scholar.tag(page, "حلب", found="Aleppo")
    scholar.composer(page).get_by_role("button", name="Remove Aleppo").click()
    scholar.tag(page, "alepp", found="Aleppo")
    scholar.save(page)
    page.keyboard.press("Escape")
    expect(scholar.card(page, BY_KEYS)).to_contain_text("Aleppo")

    # By touch, on a phone.
    phone = windows.open(story.workbench, who="scholar", size=PHONE, touch=True)
    scholar.ready_on_phone(phone)
    scholar.show(phone, first + 1)
    phone.touchscreen.tap(*scholar.point(phone, first + 1, 70))
    phone.evaluate(scholar.SELECT_BY_FINGER, [first + 1, 70, 95])
    scholar.choose(phone, "note")
    scholar.write(phone, BY_TOUCH)
    scholar.composer(phone).get_by_role("button", name="Save", exact=True).click()
    expect(scholar.composer(phone)).to_have_count(0)

    # Two passages joined by a relation that has a name.
    page.reload()
    scholar.ready(page)
    scholar.drag(page, (first, 5), (first, 30))
    scholar.choose(page, "link")
    scholar.composer(page).get_by_label("Relation").first.select_option("contradicts")
    scholar.composer(page).get_by_role("button", name="Pick another passage").click()
    scholar.drag(page, (first + 1, 100), (first + 1, 130))
    scholar.choose(page, "pick")
    expect(scholar.composer(page).locator(".reference-list__item")).to_have_count(1)
    scholar.write(page, JOINED)
    scholar.save(page)

    # The laptop is closed in the middle of a sentence; another one finds it.
    scholar.drag(page, (first, -30), (first, -8))
    scholar.choose(page, "note")
    scholar.composer(page).locator("textarea").press_sequentially(HALF)
    expect(page.locator(".save-state")).to_contain_text("Draft kept")
    page.context.close()
    page = windows.open(story.workbench, who="scholar")
    expect(scholar.composer(page).locator("textarea")).to_have_value(HALF)
    scholar.write(page, f"{HALF}، ثم اكتملت.")
    scholar.save(page)

    # Three notes on the same words are all to be read, the shortest passage first.
    scholar.note_by_mouse(page, (first, -30), (first + 1, 10), OVERLAP)
    page.mouse.click(*scholar.point(page, first, -20))
    popover = page.get_by_role("dialog", name="3 notes here")
    expect(popover.locator("note-card, .note").first).to_be_visible()
    lengths = [len(quote) for quote in popover.locator(".note__quote").all_inner_texts()]
    assert lengths == sorted(lengths)
    for words in (BY_MOUSE, HALF, OVERLAP):
        expect(popover).to_contain_text(words)
    page.keyboard.press("Escape")

    # All handed in, with a message.
    page.locator('[data-action="submit-notes"]').click()
    page.get_by_label("Message to the reviewer").fill("ستّ حواشٍ للتجربة.")
    page.get_by_role("button", name="Submit 6 notes").click()
    expect(page.locator("submit-notes")).to_contain_text("6 notes are on their way to a reviewer.")
    story.done.append("annotated")
