"""The workbench's main gestures in Firefox, under the policy of production: what only one engine does breaks here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.browsing import PASSWORD
from tests.browser.live_site import LiveSite
from tests.browser.marionette import CONTROL, DOWN, ENTER, FIREFOX, HOME, LEFT, SHIFT, TAB, Firefox
from tests.browser.pages import POINT
from tests.browser.textlayer_site import Site, harbor, serve

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not FIREFOX, reason="Firefox is not installed; install it with `apt-get install firefox-esr`."
    ),
]

READY = "document.querySelector('article[data-ready]') !== null"
SELECTED = "return getSelection().rangeCount ? `${getSelection().getRangeAt(0)}` : ''"
TOOLS = "!document.querySelector('.selection-toolbar')?.hidden"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    browser = Firefox(tmp_path)
    yield browser
    browser.quit()


@pytest.fixture
def text_site() -> Iterator[Site]:
    with serve(Site(harbor())) as served:
        yield served


def point(firefox: Firefox, words: str, shift: int = 0) -> list[int]:
    found: list[int] = firefox.run(f"return ({POINT})(arguments[0])", [words, shift])
    return found


def sent(site: Site) -> list[dict[str, object]]:
    rows = site.requests
    return [
        body
        for verb, where, body in rows
        if verb == "POST" and where.startswith("/api/annotations") and isinstance(body, dict)
    ]


def test_a_passage_is_selected_with_the_mouse_and_noted(firefox: Firefox, text_site: Site) -> None:
    firefox.open(f"{text_site.url}/pages/workbench")
    firefox.until(READY)
    assert firefox.until("CSS.highlights.size > 0")

    firefox.drag(point(firefox, "هرع الناس"), point(firefox, "هرع الناس", 4), point(firefox, "هرع الناس", 7))
    firefox.until(TOOLS)
    assert firefox.run(SELECTED) == "هرع الناس"
    firefox.press("n")
    firefox.until("document.activeElement.id === 'note-body'")
    firefox.press(*"من فايرفوكس")
    firefox.press(ENTER, held=[CONTROL])

    firefox.until(
        "[...document.querySelectorAll('note-card')].some((one) => one.textContent.includes('من فايرفوكس'))"
    )
    (note,) = sent(text_site)
    start = text_site.text.content.index("هرع الناس")
    assert (note["start"], note["end"], note["exact"]) == (start, start + 9, "هرع الناس")


def test_the_keyboard_walks_selects_and_goes_from_note_to_note(firefox: Firefox, text_site: Site) -> None:
    firefox.open(f"{text_site.url}/pages/workbench")
    firefox.until(READY)

    firefox.press("c")
    firefox.until("document.querySelector('.caret')?.checkVisibility()")
    firefox.press(DOWN, HOME)
    firefox.press(LEFT, LEFT, held=[SHIFT, CONTROL])

    assert firefox.run(SELECTED) == "كَتَبَ أمينُ"
    assert firefox.run("return document.querySelector('#announcer').textContent") == "المحدَّد: كَتَبَ أمينُ"
    firefox.press(ENTER)
    firefox.until("document.activeElement.dataset.action === 'note'")
    firefox.press(ENTER)
    firefox.until("document.activeElement.id === 'note-body'")


def sign_in(firefox: Firefox, site: LiveSite) -> None:
    firefox.open(f"{site.url}/en/account/login/")
    fill = "document.querySelector(arguments[0]).value = arguments[1]"
    firefox.run(fill, "#id_login", "scholar@demo.example")
    firefox.run(fill, "#id_password", PASSWORD)
    firefox.run("document.querySelector('#id_password').form.requestSubmit()")
    firefox.until("!location.pathname.includes('login')")


def test_parts_of_a_picture_are_drawn_and_placed_with_keys(firefox: Firefox, site: LiveSite) -> None:
    sign_in(firefox, site)
    image = site.get_json("/api/images/")["results"][-1]["id"]
    firefox.open(f"{site.url}/en/workbench/images/{image}/")
    firefox.until("document.querySelector('[data-ground][data-ready] .places__stage') !== null")

    firefox.click("[data-tool=rect]")
    middle = (
        "const box = document.querySelector('.places__stage').getBoundingClientRect();"
        "return [box.x + box.width / 2, box.y + box.height / 2]"
    )
    x, y = firefox.run(middle)
    firefox.drag((x - 60, y - 40), (x, y), (x + 60, y + 40))
    firefox.until("document.querySelector('.places__pending')?.ariaLabel?.includes('Rectangle')")
    firefox.until("document.querySelector('#note-body') !== null")

    firefox.run("document.querySelector('[data-tool=polygon]').focus()")
    firefox.press(ENTER)
    firefox.until("document.activeElement.ariaLabel?.includes('Polygon')")
    before = firefox.run("return document.activeElement.ariaLabel")
    firefox.press(LEFT, TAB)
    firefox.until("document.activeElement.ariaLabel?.startsWith('Corner 1')")
    firefox.press(DOWN, ENTER)
    firefox.until("document.activeElement.id === 'note-body'")
    assert firefox.run("return document.querySelector('.places__pending').ariaLabel") != before
