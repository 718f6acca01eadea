"""What a reviewer does at the desk, one verb a function."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def open_submission(page: Page, work: str) -> None:
    """Go from the desk to what was handed in on a work."""
    page.goto("/en/desk/")
    page.get_by_role("navigation", name="Desk").get_by_role("link", name=re.compile("Review")).click()
    page.locator(".item", has_text=work).get_by_role("link").first.click()


def note(page: Page, words: str) -> Locator:
    """Return the entry of the note that says `words`."""
    return page.locator("article.note", has_text=words)


def decide(page: Page, words: str, outcome: str, reason: str = "") -> None:
    """Accept, return or decline one note."""
    entry = note(page, words)
    if reason:
        entry.locator("textarea[name=reason]").fill(reason)
    entry.get_by_role("button", name=outcome, exact=True).click()


def accept_all(page: Page) -> None:
    """Accept all that still wait in a submission, having looked at them once more."""
    page.get_by_role("button", name="Accept all that still wait").click()
    expect(page.get_by_role("heading", name="What will be recorded")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Record \d+ decisions?$")).click()


def stands(page: Page, words: str, status: str) -> None:
    """See that a note stands where it should."""
    expect(note(page, words).locator(".note__head .status")).to_have_text(status)
