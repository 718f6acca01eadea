"""A reviewer suggests how a note should be worded, on a phone and in Arabic; its author takes that with one press."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import scholar
from tests.browser.browsing import PHONE, Windows

pytestmark = pytest.mark.browser

BODY = "القسطل من اللاتينية."
BETTER = "القسطل من اللاتينية، فيما يُظنّ."
REASON = "لا تقطع بما هو ظنّ."


def is_within(page: Page) -> bool:
    """Whether nothing makes the page wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_wording_is_suggested_compared_and_taken(windows: Windows) -> None:
    scholar.hand_in_one(windows, BODY)
    reviewer = windows.open("desk/review/", who="reviewer", language="ar", size=PHONE, touch=True)
    entry = reviewer.locator("article.note", has_text=BODY)
    for link in [one.get_attribute("href") for one in reviewer.locator("#main .item__title a").all()]:
        reviewer.goto(link or "")
        if entry.count():
            break

    # What is typed is compared while it is typed; left alone, the field has the words of the note.
    entry.get_by_text("اقترح صياغة أخرى").tap()
    field = entry.get_by_role("textbox", name="الصياغة المقترحة")
    expect(field).to_have_value(BODY)
    field.fill(BETTER)
    expect(entry.locator(".suggest__difference ins")).to_have_text("، فيما يُظنّ")
    entry.locator("textarea[name=reason]").fill(REASON)
    assert is_within(reviewer)
    entry.get_by_role("button", name="إعادة", exact=True).tap()
    expect(entry).to_have_count(0)

    author = windows.open("desk/notes/?status=returned", who="scholar", language="ar", size=PHONE, touch=True)
    item = author.locator(".item", has_text=BODY).filter(has_text=REASON)
    expect(item.locator(".suggested ins")).to_have_text("، فيما يُظنّ")
    assert is_within(author)
    item.get_by_role("button", name="خذ بهذه الصياغة").tap()
    expect(author.locator("#main")).to_contain_text("صارت الحاشية بالصياغة المقترحة")

    author.goto("/ar/desk/notes/?status=draft")
    taken = author.locator(".item", has_text=BETTER).first
    expect(taken.get_by_role("button", name="خذ بهذه الصياغة")).to_have_count(0)
    taken.get_by_role("link", name="الصيغ", exact=True).tap()
    expect(author.locator(".note-history")).to_contain_text("وأخذ بها")
    assert is_within(author)


def test_wording_is_suggested_and_taken_without_a_script(windows: Windows) -> None:
    body, better = "ماء العين لا يجفّ.", "ماء العين لا يجفّ صيفًا."
    scholar.hand_in_one(windows, body)
    reviewer = windows.open("desk/review/", who="reviewer", javascript=False)
    entry = reviewer.locator("article.note", has_text=body)
    for link in [one.get_attribute("href") for one in reviewer.locator("#main .item__title a").all()]:
        reviewer.goto(link or "")
        if entry.count():
            break

    entry.get_by_text("Suggest another wording").click()
    entry.get_by_role("textbox", name="Suggested wording").fill(better)
    entry.get_by_role("button", name="Show the difference").click()
    expect(entry.locator(".suggest__difference ins")).to_have_text(" صيفًا")
    entry.locator("textarea[name=reason]").fill(REASON)
    entry.get_by_role("button", name="Return", exact=True).click()

    author = windows.open("desk/notes/?status=returned", who="scholar", javascript=False)
    item = author.locator(".item", has_text=body)
    item.get_by_role("button", name="Take this wording").click()
    expect(author.locator("#main")).to_contain_text("The note has the suggested wording now")
