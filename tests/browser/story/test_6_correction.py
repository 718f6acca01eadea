"""Chapter six: the archivist corrects the text; every note is carried over, and the release stays as it was."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser import archivist, reviewer, scholar
from tests.browser.browsing import Windows
from tests.browser.story.conftest import TITLE, Story

pytestmark = pytest.mark.browser

KEPT = "حاشية قبل كلّ تصحيح."
MOVED = "حاشية على كلمة تُضبط بالشكل."
UNCERTAIN = "حاشية على كلمات ستتغيّر."
LOST = "حاشية على فقرة ستُحذف."
#: What stands of a release, by its address under the page's own.
PARTS = ("", "?marked=1", "spans.json", "annotations.json", "notes/", "index/")


def test_a_correction_carries_every_note_and_leaves_the_release(windows: Windows, story: Story) -> None:
    story.needs("published")
    sealed = _all_of_the_release(story)
    bench = windows.open(story.workbench, who="scholar")
    blocks = _annotate(bench)
    quotes = {words: scholar.quote(bench, words) for words in (MOVED, UNCERTAIN, LOST)}
    # Drafts are carried over as well, but an archivist is not told of what others have not finished.
    _have_them_accepted(windows, bench)

    desk = windows.open(story.work_desk, who="archivist")
    desk.get_by_role("button", name="Correct this text").click()
    # From the end to the beginning, so that the numbers of the blocks stay what they were.
    archivist.rewrite(desk, blocks[MOVED], quotes[MOVED], _vocalized(quotes[MOVED]))
    archivist.take_out(desk, blocks[LOST])
    archivist.rewrite(desk, blocks[UNCERTAIN], quotes[UNCERTAIN], _other_words(quotes[UNCERTAIN]))
    desk.get_by_role("link", name=re.compile("Report")).click()
    archivist.press(desk, archivist.problems(desk, "suspected_cut").last, "Join")
    desk.get_by_role("link", name="Accept as revision 2").click()
    fates = archivist.fates(desk)
    assert (fates["moved, or corrected with their words"], fates["uncertain: a person decides"]) == (1, 1)
    assert fates["lost their passage"] == 1
    assert fates["kept"] == 5
    archivist.accept(desk, title="", message="كلمة صُحّحت وجملتان وُصلتا")
    expect(desk.get_by_role("row", name=re.compile("2 current"))).to_be_visible()

    _see_where_they_are(bench, story, quotes)
    assert _all_of_the_release(story) == sealed
    story.done.append("corrected")


def _have_them_accepted(windows: Windows, bench: Page) -> None:
    bench.locator('[data-action="submit-notes"]').click()
    bench.get_by_role("button", name=re.compile(r"Submit \d+ notes")).click()
    expect(bench.locator("submit-notes")).to_contain_text("on their way to a reviewer")
    bench.keyboard.press("Escape")
    page = windows.open("desk/", who="reviewer")
    reviewer.open_submission(page, TITLE)
    reviewer.accept_all(page)
    page.wait_for_url(re.compile(r"/desk/review/(#|$)"))


#: The list of downloads, for people and for machines, which tells meanwhile of files that the worker has made.
DOWNLOADS = re.compile(rb'<div [^>]*id="download">.*?</div>|"encoding": \[.*?\]', re.DOTALL)


def _all_of_the_release(story: Story) -> dict[str, bytes]:
    """Return the bytes of every page and file of the release, as anybody gets them."""
    plain = story.release.replace("/en/", "/")
    addresses = [story.release.replace("/en/", f"/{one}/") + part for one in ("ar", "en") for part in PARTS]
    addresses += [f"{plain}download/{form}" for form in ("jsonld", "json", "csv", "text")]
    found = {}
    for address in addresses:
        with urllib.request.urlopen(address, timeout=20) as answer:
            found[address] = DOWNLOADS.sub(b"", answer.read())
    return found


def _annotate(page: Page) -> dict[str, int]:
    """Write a note for each fate; return the block of each."""
    scholar.ready(page)
    free = scholar.free_paragraphs(page)
    blocks = {}
    for words, (number, block) in zip((KEPT, UNCERTAIN, LOST, MOVED), (free[0], *free[-3:]), strict=True):
        scholar.note_by_mouse(page, (number, 20), (number, 70), words)
        blocks[words] = block
    return blocks


def _vocalized(quote: str) -> str:
    """Return the passage with a vowel mark on the first letter of its second word: the same words, spelled out."""
    first, second, rest = quote.split(" ", 2)
    return f"{first} {second[0]}\u064e{second[1:]} {rest}"


def _other_words(quote: str) -> str:
    """Return the passage with all but its first and last words changed."""
    first, *between, last = quote.split()
    return " ".join([first, *("آخر" for _ in between), last])


def _see_where_they_are(page: Page, story: Story, quotes: dict[str, str]) -> None:
    page.goto(story.workbench)
    scholar.ready(page)
    expect(page.locator(".reader-bar")).to_contain_text("Revision 2")
    page.get_by_role("link", name="Places to check").click()
    uncertain = page.locator("article.problem", has_text=UNCERTAIN)
    expect(uncertain).to_contain_text("Uncertain place")
    expect(uncertain).to_contain_text(re.compile(r"Perhaps here \(\d+ % sure\)"))
    lost = page.locator("article.problem", has_text=LOST)
    expect(lost).to_contain_text("Lost its passage")
    expect(lost.locator("mark").first).to_have_text(quotes[LOST])

    # With keys alone: to the first one and on to the uncertain one, whose first place is taken.
    page.keyboard.press("j")
    expect(lost).to_be_focused()
    page.keyboard.press("j")
    expect(uncertain).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The note is back on its passage.")).to_be_visible()
    expect(page.locator("article.problem", has_text=UNCERTAIN)).to_have_count(0)
    expect(page.locator("article.problem", has_text=LOST)).to_have_count(1)

    # The lost one is given other words by selecting them.
    page.keyboard.press("k")
    page.keyboard.press("s")
    scholar.ready(page)
    expect(page.locator("form[data-placing]")).to_contain_text(LOST)
    number, _block = scholar.free_paragraphs(page)[0]
    scholar.drag(page, (number, 5), (number, 30))
    scholar.choose(page, "put")
    expect(page.get_by_text("The note is back on its passage.")).to_be_visible()
    expect(page.get_by_text("Every note has its place")).to_be_visible()
