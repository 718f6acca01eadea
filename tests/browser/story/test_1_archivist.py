"""Chapter one: an archivist brings the article in, reads its report, accepts and describes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import archivist
from tests.browser.browsing import Windows
from tests.browser.story.conftest import TITLE, TITLE_AR, Story
from tests.corpus import article_path

pytestmark = pytest.mark.browser


def test_an_archivist_brings_the_article_in(windows: Windows, story: Story, picture: Path) -> None:
    page = windows.open("desk/", who="archivist")

    archivist.upload_text(page, article_path(), language="ar")

    assert archivist.counts(page) == {
        "headings": (9, "1 questioned"),
        "missing figures": (7, ""),
        "videos": (4, "in 2 spellings"),
        "dead links": (13, ""),
        "stray backslashes": (2, ""),
        "torn marks": (2, "2 repaired"),
        "suspected cuts": (9, ""),
    }
    first_cut = archivist.problems(page, "suspected_cut").first
    expect(first_cut.locator(".problem__context mark")).to_be_visible()
    expect(first_cut.locator(".problem__place")).to_contain_text("block")

    # Two cuts are joined, one dead link is left as it is, one paragraph is mended by hand.
    for _ in range(2):
        archivist.press(page, archivist.problems(page, "suspected_cut").first, "Join")
    expect(archivist.problems(page, "suspected_cut", state="fixed")).to_have_count(2)
    page.goto(page.url.split("#")[0] + "?kind=dead_link")
    archivist.press(page, archivist.problems(page, "dead_link").first, "Leave as it is")
    expect(archivist.problems(page, "dead_link", state="dismissed")).to_have_count(1)
    archivist.problems(page, "dead_link").first.get_by_role("link", name="Edit by hand").click()
    words = page.locator("#id_text")
    words.fill(words.input_value() + " (كذا في الأصل)")
    page.get_by_role("button", name="Save the wording").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()

    archivist.accept(page, title=TITLE_AR, message="كما وردت")
    story.work_desk = page.url
    expect(page.locator("#figures .item")).to_have_count(7)
    expect(page.locator("#figures .status", has_text="missing")).to_have_count(7)

    archivist.fill_gap(page, picture)
    expect(page.locator("#figures .status", has_text="missing")).to_have_count(6)

    archivist.describe(
        page, title_ar=TITLE_AR, title_en=TITLE,
        description_ar="نصّ طويل تُجرَّب عليه كلّ خطوة.", description_en="A long text for trying every step.",
        date_edtf="2016~", rights_holder_ar="أصحابها", rights_holder_en="Its owners", access="public",
    )  # fmt: skip
    # The picture and the four films that the work shows were drafts, and ticked.
    expect(page.locator(".alert--success")).to_contain_text(["5 pictures and films became public with it."])
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    story.done.append("brought in")
