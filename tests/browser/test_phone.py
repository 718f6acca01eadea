"""What a phone shows without a further touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import WIDE, Windows
from tests.browser.visitor import OVERHANG

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}

#: The marks of the folds of a page that can be seen; each must be drawn.
MARKS = """() => [...document.querySelectorAll("summary")].filter((one) => one.checkVisibility()).map((one) => {
  const mark = getComputedStyle(one, "::after");
  return { words: one.innerText, drawn: mark.content !== "none" && parseFloat(mark.borderBlockEndWidth) > 0 };
})"""

#: Give all that people name on a page a name of one word without an end.
NAMED_AT_LENGTH = """word => {
  const names = document.querySelectorAll("main :is(bdi, h1, .item__title a, .card__link, .breadcrumbs__item span)");
  for (const node of [...names].flatMap((one) => [...one.childNodes])) {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) node.data = word;
  }
  return names.length;
}"""


def test_reviewer_sees_the_passage_in_its_surroundings_and_readers_what_can_be_opened(
    windows: Windows,
) -> None:
    page = windows.open("desk/review/", who="reviewer")
    page.set_viewport_size(PHONE)
    page.locator("#main .item").filter(has_text="wait").get_by_role("link").first.click()
    for quote in page.locator("blockquote.note__quote--wide").all():
        inside, outside = quote.locator("mark").bounding_box(), quote.bounding_box()
        assert inside
        assert outside
        assert outside["y"] <= inside["y"]
        assert inside["y"] + inside["height"] <= outside["y"] + outside["height"] + 1

    for language in ("ar", "en"):
        reader = windows.open("editions/the-road-to-the-water/2/", language=language)
        reader.set_viewport_size(PHONE)
        _every_fold_is_marked(reader)


def _every_fold_is_marked(page: Page) -> None:
    expect(page.locator("#front > summary")).to_be_visible()
    found = page.evaluate(MARKS)
    assert len(found) > 3
    assert [one["words"] for one in found if not one["drawn"]] == []


@pytest.mark.parametrize(("language", "letter"), [("ar", "م"), ("en", "W")])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_names_of_one_long_word_break_and_leave_the_page_its_width(
    windows: Windows, language: str, letter: str, size: dict[str, int]
) -> None:
    for address, who in (
        ("editions/", ""), ("catalogue/", ""), ("terms/", ""), ("editions/the-road-to-the-water/2/", ""),
        ("desk/editions/", "editor"), ("desk/review/", "reviewer"),
    ):  # fmt: skip
        page = windows.open(address, language=language, who=who, size=size)
        assert page.evaluate(NAMED_AT_LENGTH, letter * 190) > 0, address
        assert page.evaluate(OVERHANG) <= 0, address
