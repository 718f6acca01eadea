"""Regions drawn over a picture with a mouse and with keys, seconds of a film marked with I and O; all found again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import Windows
from tests.browser.live_site import LiveSite
from tests.browser.test_film import Api, at, make_film

pytestmark = pytest.mark.browser

BODY = "note-composer textarea#note-body"
MARKS = ".places__mark"


def saved(page: Page, words: str) -> Locator:
    """Write a note on the place that was chosen, save it, and return its card after a reload."""
    page.locator(BODY).fill(words)
    page.locator("note-composer").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("note-composer")).to_have_count(0)
    page.reload()
    card = page.locator("note-card", has_text=words)
    expect(card).to_be_visible()
    return card


def middle(page: Page) -> tuple[float, float]:
    """Return where on the screen the middle of the picture lies."""
    box = page.locator(".places__stage").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_places_in_pictures_and_films_are_found_again(windows: Windows, site: LiveSite) -> None:
    api = Api(windows.open().request, site.url)
    images = api.get("images")["results"]
    # The oldest is the demonstration's own: others send pictures in that scholars do not see yet.
    page = windows.open(f"workbench/images/{images[-1]['id']}/", who="scholar")
    expect(page.locator("[data-drawn]")).to_be_visible()
    expect(page.locator("[data-ground][data-ready]")).to_be_visible()
    before = page.locator(MARKS).count()

    # With the mouse.
    page.locator("[data-tool=rect]").click()
    x, y = middle(page)
    page.mouse.move(x - 60, y - 40)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=4)
    page.mouse.move(x + 60, y + 40)
    page.mouse.up()
    card = saved(page, "drawn with a mouse")
    expect(card).to_contain_text("Rectangle")
    expect(page.locator(MARKS)).to_have_count(before + 1)

    # Corner by corner with the mouse, ended with Enter while the tool's button still has the focus.
    page.locator("[data-tool=polygon]").click()
    x, y = middle(page)
    for dx, dy in ((-90, -60), (-40, -70), (-30, -20)):
        page.mouse.click(x + dx, y + dy)
    page.keyboard.press("Enter")
    card = saved(page, "drawn corner by corner")
    expect(card).to_contain_text("Polygon")
    expect(page.locator(MARKS)).to_have_count(before + 2)

    # With keys alone.
    page.locator("[data-tool=ellipse]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".places__pending")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#announcer")).to_contain_text("Ellipse")
    page.keyboard.press("Enter")
    card = saved(page, "placed with keys")
    expect(card).to_contain_text("Ellipse")
    expect(page.locator(MARKS)).to_have_count(before + 3)

    # Seconds of a film.
    page = windows.open(f"workbench/videos/{make_film(api)}/", who="scholar")
    at(page, 1.5)
    page.keyboard.press("i")
    at(page, 4)
    page.keyboard.press("o")
    expect(page.locator("[data-film-tools] input[name=start]")).to_have_value("0:01.5")
    page.locator("[data-action=note-part]").click()
    # Another end, asked for while the note is being written: the words stay, and there is one note.
    page.locator(BODY).fill("begun on another part")
    page.locator("[data-film-tools] input[name=end]").fill("1:02.25")
    page.keyboard.press("Tab")
    page.locator("[data-action=note-part]").click()
    expect(page.locator(BODY)).to_have_value("begun on another part")
    card = saved(page, "marked with keys")
    expect(card).to_contain_text("0:01.5–1:02.25")
    expect(page.locator(".strip__bar")).to_have_count(1)
