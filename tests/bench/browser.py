"""What the notes of a long text cost the browser: until it is ready, while it scrolls, when one is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.material import accept_all, add_notes, make_text, people, publish_edition
from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.site import Site, Unavailable, prepared, serving

MANY, MOST = 10_000, 50_000
RUNS, NOTES_MADE = 5, 7
#: Times the processor time of the page without notes; frames a second; milliseconds.
READY, FRAMES, PAINTED, OPENED = 1.3, 30, 50, 100
#: A screen draws sixty a second; one that is late by a frame of a hundred still counts as that.
SIXTY = 59.4
#: Pixels a frame: past a reader's eyes, and as fast as a thumb throws a page.
DASHED, THROWN = 400, 120

_SCROLL = """async (pixels) => {
  const times = [];
  let before = await new Promise(requestAnimationFrame);
  for (let step = 0; step < 120; step++) {
    scrollBy({ top: pixels, behavior: "instant" });
    const now = await new Promise(requestAnimationFrame);
    times.push(now - before);
    before = now;
  }
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}"""
_PAINTED = "() => [...CSS.highlights].some(([name, one]) => /^hashiya-[1-4]$/.test(name) && one.size)"
#: Whether the script of the page has done its work: notes fetched, margin chosen, the first cards in it. A page whose
#: layout takes long is quiet on the network before that, so that quiet alone ended the page without notes too early.
_STARTED = """(many) => {
  const margin = document.querySelector("[data-notes]");
  return /--(list|placed)/.test(margin.className) && (!many || margin.querySelector("[data-note]") !== null);
}"""
_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
#: From the key that saves to the frame after the one in which the new passage got its color.
_STOPWATCH = """() => {
  const add = Highlight.prototype.add;
  window.noteTook = null;
  let pressed = null;
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) [pressed, window.noteTook] = [performance.now(), null];
  }, { capture: true });
  Highlight.prototype.add = function (range) {
    const wash = [1, 2, 3, 4].some((depth) => CSS.highlights.get(`hashiya-${depth}`) === this);
    if (wash && pressed !== null) {
      const began = pressed;
      pressed = null;
      requestAnimationFrame(() => requestAnimationFrame((now) => { window.noteTook = now - began; }));
    }
    return add.call(this, range);
  };
}"""

#: From the press on the bar of the selection to the frame after the one in which the composer came to stand.
_OPENING = """() => {
  window.composerTook = [];
  addEventListener("click", (event) => {
    if (!event.target.closest('.selection-toolbar [data-action="note"]')) return;
    const began = performance.now();
    const seen = new MutationObserver(() => {
      if (!document.querySelector("note-composer #note-body")) return;
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame((now) => window.composerTook.push(now - began)));
    });
    seen.observe(document.body, { childList: true, subtree: true });
  }, { capture: true });
}"""

_OPENED = "(before) => window.composerTook[before]"


def run() -> Iterator[Outcome]:
    """Publish the text three times, with no notes, many and most; read it, scroll it, annotate it."""
    with prepared() as site:
        who = people()
        texts = {count: _published(count, who) for count in (0, MANY, MOST)}
        pages = {count: f"{site.url}{page}?whole=1" for count, (_text, page) in texts.items()}
        text, cookie = texts[MANY][0], _session(site, who["scholar"])
        with serving(site), _chromium() as browser:
            yield from _made(browser, f"{site.url}/en/workbench/{text.public_id}/?whole=1", cookie)
            yield _ready(browser, pages)
            yield _scroll(browser, pages)


def _published(count: int, who: dict[str, Any]) -> tuple[Any, str]:
    text = make_text(f"notes-{count}")
    if count:
        add_notes(text, count, author=who["scholar"])
        accept_all(text, reviewer=who["reviewer"])
    return text, publish_edition(text, editor=who["editor"])


@contextmanager
def _chromium() -> Iterator[Any]:
    from pathlib import Path

    from playwright.sync_api import sync_playwright

    from tests.browser.browsing import CHROMIUM, launch

    if not Path(CHROMIUM).exists():
        raise Unavailable(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def _ready(browser: Any, pages: dict[int, str]) -> Outcome:
    """Open the page with many notes and the one with none by turns; the least processor time of each counts."""
    best = dict.fromkeys((0, MANY), float("inf"))
    for _ in range(RUNS):
        for count in best:
            best[count] = min(best[count], _opened(browser, pages[count], painted=count > 0))
    beside = f"{best[MANY]:.0f} ms beside {best[0]:.0f} ms without"
    name = f"processor time to ready with {MANY:,} notes, times without"
    return at_most(name, best[MANY] / best[0], READY, beside=beside)


def _opened(browser: Any, url: str, *, painted: bool) -> float:
    """Return the milliseconds of all the browser's processes until the page is as it stays."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    before = _processor_times(browser)
    _settle(page, url, painted=painted)
    after = _processor_times(browser)
    context.close()
    return sum(time - before.get(process, 0) for process, time in after.items())


def _settle(page: Any, url: str, *, painted: bool) -> None:
    """Open a reading page and return when its script has started, its notes and their cards stand."""
    page.goto(url, wait_until="networkidle")
    page.wait_for_function(_STARTED, arg=painted)
    if painted:
        page.wait_for_function(_PAINTED)
    page.evaluate(_FRAMES)


def _processor_times(browser: Any) -> dict[int, float]:
    """Return the milliseconds of each process that lives; one that ends meanwhile is of another page."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return {process["id"]: 1000 * float(process["cpuTime"]) for process in processes}


def _scroll(browser: Any, pages: dict[int, str]) -> Outcome:
    rates = {}
    for count in (0, MANY, MOST):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        _settle(page, pages[count], painted=count > 0)
        rates[count] = 1000 / min(page.evaluate(_SCROLL, DASHED) for _ in range(3))
        context.close()
    beside = f"{rates[MANY]:.0f} with {MANY:,}, {rates[0]:.0f} without"
    name = f"frames a second while scrolling, {MOST:,} notes"
    return at_least(name, rates[MOST], FRAMES, "/s", beside=beside)


def _made(browser: Any, url: str, cookie: dict[str, Any]) -> Iterator[Outcome]:
    """Scroll the workbench, write notes in it, and time the opening of the composer, and each from the key to the color."""
    from tests.browser import scholar

    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    scholar.ready(page)
    page.wait_for_function(_PAINTED)
    frames = 1000 / min(page.evaluate(_SCROLL, THROWN) for _ in range(3))
    yield at_least(f"frames a second while the workbench is thrown, {MANY:,} notes", frames, SIXTY, "/s")
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate(_STOPWATCH)
    page.evaluate(_OPENING)
    took, opened = [], []
    for number in range(2, 2 + NOTES_MADE):
        scholar.drag(page, (number, 4), (number, 24))
        scholar.choose(page, "note")
        opened.append(page.wait_for_function(_OPENED, arg=len(opened)).json_value())
        scholar.write(page, "حاشية القياس.")
        scholar.save(page)
        took.append(page.wait_for_function("() => window.noteTook").json_value())
    context.close()
    took.sort()
    opened.sort()
    among = f"the composer opened among {MANY:,} notes, to painted"
    slowest = f"the middle of {len(opened)}; the slowest {opened[-1]:.0f} ms"
    yield at_most(among, opened[len(opened) // 2], OPENED, "ms", beside=slowest)
    beside = f"the middle of {len(took)}; the slowest {took[-1]:.0f} ms"
    yield at_most(
        f"a note made among {MANY:,}, to painted", took[len(took) // 2], PAINTED, "ms", beside=beside
    )


def _session(site: Site, author: Any) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"Host": f"127.0.0.1:{site.port}"})
    client.force_login(author)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site.url}
