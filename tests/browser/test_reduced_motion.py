"""Who asks their system for less motion sees none: nothing glides, fades or scrolls on its own way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import visitor
from tests.browser.browsing import Windows

pytestmark = pytest.mark.browser
RELEASE = "editions/the-road-to-the-water/2/"
PAGES = pytest.mark.parametrize(("who", "path"), [
    ("", ""), ("", "catalogue/"), ("", RELEASE), ("scholar", "desk/notes/"), ("reviewer", "desk/review/"), ("editor", "desk/"),
])  # fmt: skip
#: The longest that anything on the page takes to move or fade, in milliseconds.
LONGEST = """() => Math.max(0, ...[...document.querySelectorAll("*")].flatMap((one) =>
  [null, "::before", "::after"].flatMap((part) => {
    const {animationName, animationDuration, transitionProperty, transitionDuration} = getComputedStyle(one, part);
    const times = [
      ...(animationName === "none" ? [] : animationDuration.split(",")),
      ...(transitionProperty === "none" ? [] : transitionDuration.split(",")),
    ];
    return times.map((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000));
  })))"""


def longest(page: Page) -> float:
    found: float = page.evaluate(LONGEST)
    return found


@PAGES
def test_nothing_moves_or_fades_of_who_asks_for_that(windows: Windows, who: str, path: str) -> None:
    page = windows.open(path, who=who)

    assert longest(page) < 1
    page.emulate_media(reduced_motion="no-preference")
    assert longest(page) > 50


def test_way_to_a_note_is_one_step(windows: Windows) -> None:
    page = windows.open(RELEASE)
    visitor.ready(page)

    # What scrolls smoothly is seen at every place on its way.
    page.evaluate("() => { window.seen = []; addEventListener('scroll', () => window.seen.push(scrollY)); }")
    for _note in range(6):
        page.keyboard.press("j")
    page.wait_for_function("() => window.seen.length > 0")
    assert page.evaluate("() => new Set(window.seen).size") <= 6
