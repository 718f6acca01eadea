"""Opening the fixture pages in Chromium, and finding places in them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.textlayer_site import Site

#: The middle of the letter at which the words begin (and `shift` letters on), on the screen, in whole pixels:
#: a mouse has no others, and Chromium selects nothing when one is pressed between two.
POINT = """([words, shift]) => {
  const walker = document.createTreeWalker(document.querySelector("article[data-text-id]"), 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at + shift);
    range.setEnd(node, at + shift + 1);
    const box = range.getBoundingClientRect();
    return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  }
}"""
#: True once the script of a page with a text has taken hold of everything.
LISTENING = "() => document.querySelector('article[data-ready]') !== null"
#: True once nothing moves by itself any more.
AT_REST = "() => document.getAnimations().every((one) => one.playState !== 'running')"
#: True once the page has stopped scrolling.
STILL = "() => scrollY === window.before || ((window.before = scrollY), false)"
#: True once blocks in the middle of the crowded text are painted.
IN_MIDDLE = (
    "() => [...CSS.highlights.get('hashiya-1')].some((a) => /^1[12]\\d\\d\\./.test(a.startContainer.data))"
)
HIGHLIGHTS = "() => Object.fromEntries([...CSS.highlights].map(([name, one]) => [name, one.size]))"


def open_page(browser: Browser, site: Site, name: str, query: str = "", **options: Any) -> Page:
    """Open a fixture page whose console must stay silent: a broken policy or script fails the test."""
    context: BrowserContext = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.said = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.said.append(str(error)))  # type: ignore[attr-defined]
    page.on(
        "console",
        lambda message: (
            page.said.append(message.text)  # type: ignore[attr-defined]
            if "Content Security Policy" in message.text
            else None
        ),
    )
    page.goto(f"{site.url}/pages/{name}{query}")
    page.wait_for_function("() => CSS.highlights.size > 0")
    page.wait_for_function(LISTENING)
    # Words move a little when a font comes; a point that was measured before would be beside them.
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return page


def point(page: Page, words: str, shift: int = 0) -> tuple[float, float]:
    x, y = page.evaluate(POINT, [words, shift])
    return x, y


def drag(page: Page, first: str, last: str, shift: int = 0) -> None:
    # A font that comes late moves the lines under the mouse; below the window's edge the page scrolls while it drags.
    page.evaluate("() => document.fonts.ready.then(() => null)")
    if point(page, last, shift)[1] > page.evaluate("() => innerHeight") - 100:
        page.evaluate("by => scrollBy({top: by, behavior: 'instant'})", point(page, first)[1] - 200)
    page.mouse.move(*point(page, first))
    page.mouse.down()
    page.mouse.move(*point(page, last, shift), steps=4)
    page.mouse.move(*point(page, last, shift))
    page.mouse.up()


def selected(page: Page) -> str:
    """Return what is selected as the article holds it; the browser's own string doubles line ends."""
    text: str = page.evaluate("() => getSelection().rangeCount ? `${getSelection().getRangeAt(0)}` : ''")
    return text
