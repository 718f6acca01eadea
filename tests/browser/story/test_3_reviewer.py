"""Chapter three: a reviewer reads each note in its passage and decides; nobody decides their own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import reviewer, scholar
from tests.browser.browsing import Windows
from tests.browser.story.conftest import TITLE, Story
from tests.browser.story.test_2_scholar import BY_KEYS, BY_MOUSE, BY_TOUCH, HALF, JOINED, OVERLAP

pytestmark = pytest.mark.browser

MESSAGE = "حاشيتي أنا."
OWN = "حاشية كتبها المراجع نفسه."
REASON = "أين المصدر؟ أضِفه ثم أعِد الحاشية."
DECLINED = "لا تزيد على ما في المتن."


def test_a_reviewer_decides_what_was_handed_in(windows: Windows, story: Story) -> None:
    story.needs("annotated")
    page = windows.open("desk/", who="reviewer")
    reviewer.open_submission(page, TITLE)

    # Every note is read in its passage: its words marked, with what stands around them.
    entries = page.locator("article.note")
    expect(entries).to_have_count(6)
    for entry in entries.all():
        quote = entry.locator(".note__quote")
        marked = quote.locator("mark").inner_text()
        assert marked
        assert len(quote.inner_text()) > len(marked)
    expect(reviewer.note(page, JOINED).locator(".xref")).to_contain_text("«")

    # One is accepted; one is returned, which asks for a reason; one is declined; the rest wait for a key and a button.
    reviewer.decide(page, BY_MOUSE, "Accept")
    reviewer.stands(page, BY_MOUSE, "Accepted")
    reviewer.decide(page, OVERLAP, "Return")
    expect(reviewer.note(page, OVERLAP).locator("textarea[name=reason]")).to_be_focused()
    reviewer.decide(page, OVERLAP, "Return", REASON)
    reviewer.stands(page, OVERLAP, "Returned")
    reviewer.decide(page, BY_TOUCH, "Decline", DECLINED)
    reviewer.stands(page, BY_TOUCH, "Declined")
    page.keyboard.press("a")
    expect(page.get_by_text("2 wait for you")).to_be_visible()
    reviewer.accept_all(page)
    page.wait_for_url(re.compile(r"/desk/review/(#|$)"))
    expect(page.locator(".item", has_text=TITLE)).to_have_count(0)

    page.get_by_role("link", name="Decided").click()
    row = page.locator(".item", has_text=TITLE).first
    for words in ("4 accepted", "1 returned", "1 declined"):
        expect(row).to_contain_text(words)
    _the_author_reads_why(windows, story)
    story.done.append("reviewed")


def _the_author_reads_why(windows: Windows, story: Story) -> None:
    page = windows.open("desk/notes/", who="scholar")
    for words, reason in ((OVERLAP, REASON), (BY_TOUCH, DECLINED)):
        expect(page.locator(".item, .note", has_text=words).first).to_contain_text(reason)
    for words in (BY_KEYS, HALF):
        expect(page.locator(".item, .note", has_text=words).first).to_contain_text("Accepted")


def test_a_reviewer_cannot_decide_what_they_wrote(windows: Windows, story: Story) -> None:
    story.needs("annotated")
    page = windows.open(story.workbench, who="reviewer")
    scholar.ready(page)
    first = scholar.long_pair(page)
    scholar.note_by_mouse(page, (first + 1, -40), (first + 1, -10), OWN)
    page.locator('[data-action="submit-notes"]').click()
    page.get_by_label("Message to the reviewer").fill(MESSAGE)
    page.get_by_role("button", name="Submit 1 note").click()
    expect(page.locator("submit-notes")).to_contain_text("on its way to a reviewer")

    page.goto("/en/desk/review/")
    expect(page.locator("#main")).not_to_contain_text(MESSAGE)
    page.get_by_role("link", name="My notes").click()
    page.locator("#handed-in ~ ul .item", has_text=MESSAGE).get_by_role("link").click()
    expect(page.get_by_text("somebody else decides on them")).to_be_visible()
    reviewer.stands(page, OWN, "Waiting for review")
    for outcome in ("Accept", "Return", "Decline", "Accept all that still wait"):
        expect(page.get_by_role("button", name=outcome)).to_have_count(0)
