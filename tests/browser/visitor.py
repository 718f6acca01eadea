"""What a reader does with a published release, one verb a function."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.pages import LISTENING, POINT

#: Below so many pixels of width notes come in a sheet (`frontend/src/textlayer/viewport.ts`).
NARROW = 992
#: How far the page reaches over the edge of the window, in pixels.
OVERHANG = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Bring a block that holds these words to the middle of the window.
SHOW = """words => [...document.querySelectorAll("#text p")].find((one) => one.textContent.includes(words))
  .scrollIntoView({block: "center"})"""


def ready(page: Page) -> None:
    """Wait until the notes on the screen are painted; far from them nothing is."""
    page.wait_for_function(LISTENING)
    page.wait_for_function("() => [...CSS.highlights.values()].some((one) => one.size > 0)")


def note(page: Page, words: str) -> Locator:
    """Return the note in the margin that says `words`."""
    return page.locator("[data-notes] .note", has_text=words)


def quoted(page: Page, words: str) -> str:
    """Return the passage that the note is about, as the page quotes it; of two blocks, what stands in the second."""
    quote = note(page, words).locator(".note__quote a").text_content() or ""
    return quote.rpartition("\n")[2]


def at_note(page: Page, words: str) -> Locator:
    """Return the note that the page opened: chosen beside a wide text, in the sheet of a phone."""
    size = page.viewport_size
    place = ".sheet .note" if size and size["width"] < NARROW else "[data-notes] .note[aria-current=true]"
    return page.locator(place, has_text=words).first


def tap(page: Page, words: str) -> None:
    """Touch or click the text where these words begin."""
    page.evaluate(SHOW, words)
    ready(page)
    x, y = page.evaluate(POINT, [words, 1])
    if page.evaluate("() => navigator.maxTouchPoints > 0"):
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)
