"""With the system's own colors alone: what is marked, chosen or pressed is told by lines, fills and outlines of them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import scholar
from tests.browser.browsing import Windows
from tests.browser.live_site import LiveSite, most_noted

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
#: The ground of a page where Chromium plays a system of few colors.
WHITE = (255, 255, 255)
RELEASE = "editions/the-road-to-the-water/2/"
#: What is pressed, ticked or typed into, and what stands in a frame.
FRAMED = ".button, .badge, .tag, .chip, .status, input[type=text], input[type=search], textarea, select, .category-choice"
#: The names of those that are seen and have no line around them.
FRAMELESS = """(framed) => [...document.querySelectorAll(framed)].filter((one) => {
  if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true}) || one.closest(".visually-hidden")) return false;
  const {borderTopStyle, borderTopWidth} = getComputedStyle(one);
  return borderTopStyle === "none" || parseFloat(borderTopWidth) < 1;
}).map((one) => one.outerHTML.slice(0, 120))"""
#: A color of the system, as styles tell it.
SYSTEM = """(name) => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
  const {color} = getComputedStyle(probe);
  probe.remove();
  return color;
}"""
#: The place of one line of what is highlighted, on the screen, by the name of its highlight.
LINE = """(name) => {
  const lines = ({startContainer, startOffset, endContainer, endOffset}) => {
    const range = new Range();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return [...range.getClientRects()];
  };
  const bodies = [...(CSS.highlights.get(name) ?? [])].flatMap(lines);
  const seen = bodies.filter((box) => box.top > 150 && box.bottom < innerHeight - 40 && box.width > 40);
  return seen.map(({x, y, width, height}) => ({x, y, width, height}));
}"""


def system(page: Page, name: str) -> str:
    """Return one of the system's colors as `rgb(…)`."""
    color: str = page.evaluate(SYSTEM, name)
    return color


def style(one: Locator, name: str) -> str:
    """Return what a property of the element comes to."""
    value: str = one.evaluate("(one, name) => getComputedStyle(one)[name]", name)
    return value


def ground(page: Page, box: Any) -> tuple[int, ...]:
    """Return the color that most of a piece of the window is painted in."""
    shot = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
    return max(shot.getcolors(shot.width * shot.height))[1]


def has_line_below(page: Page, box: Any) -> bool:
    """Tell whether a line is drawn under the words, from their beginning to their end."""
    below = dict(box, y=box["y"] + box["height"] * 0.55, height=box["height"] * 0.6)
    shot = Image.open(io.BytesIO(page.screenshot(clip=below))).convert("L")
    dark = [sum(shot.getpixel((x, y)) < 128 for x in range(shot.width)) for y in range(shot.height)]
    return max(dark) > 0.4 * shot.width


def outlined(one: Locator) -> bool:
    """Tell whether the element has an outline."""
    return style(one, "outlineStyle") != "none" and float(style(one, "outlineWidth").removesuffix("px")) >= 2


def text_workbench(windows: Windows, site: LiveSite, language: str) -> Page:
    works = {one["slug"]: one["id"] for one in site.get_json("/api/works/?page_size=100")["results"]}
    texts = site.get_json(f"/api/texts/?work={works['the-road-to-the-water']}")["results"]
    text = next(one["id"] for one in texts if one["language"] == "ar")
    page = windows.open(f"workbench/{text}/", who="scholar", language=language, forced=True)
    scholar.ready(page)
    return page


@LANGUAGES
def test_only_the_chosen_passage_is_filled_and_all_are_underlined(
    windows: Windows, site: LiveSite, language: str
) -> None:
    page = text_workbench(windows, site, language)
    page.keyboard.press("j")
    expect(page.locator(".note[aria-current=true]")).to_be_visible()
    page.wait_for_function("() => CSS.highlights.get('hashiya-active')?.size > 0")

    chosen, others = page.evaluate(LINE, "hashiya-active"), page.evaluate(LINE, "hashiya-1")
    apart = [box for box in others if all(abs(box["y"] - one["y"]) > 4 for one in chosen)]
    assert ground(page, chosen[0]) != WHITE
    assert ground(page, apart[0]) == WHITE
    assert has_line_below(page, apart[0])
    assert outlined(page.locator(".note[aria-current=true]"))
    assert not outlined(page.locator(".note:not([aria-current])").first)
    assert page.evaluate(FRAMELESS, FRAMED) == []


@LANGUAGES
def test_composer_shows_what_is_chosen_and_where_one_types(
    windows: Windows, site: LiveSite, language: str
) -> None:
    page = text_workbench(windows, site, language)
    number = scholar.long_pair(page)
    scholar.drag(page, (number, 5), (number, 40))
    scholar.choose(page, "note")
    words = page.locator("note-composer textarea").first
    expect(words).to_be_focused()

    assert outlined(words)
    assert outlined(page.locator(".category-choice:has(:checked)"))
    assert not outlined(page.locator(".category-choice:not(:has(:checked))").first)
    assert page.evaluate(FRAMELESS, FRAMED) == []


@LANGUAGES
def test_the_chosen_region_is_filled_with_nothing_else_than_a_thicker_line(
    windows: Windows, site: LiveSite, language: str
) -> None:
    page = windows.open(
        f"workbench/images/{most_noted(site, 'image')}/", who="scholar", language=language, forced=True
    )
    expect(page.locator(".places__mark").nth(1)).to_be_attached()
    page.keyboard.press("j")

    chosen = page.locator(".places__mark--current .places__edge")
    other = page.locator(".places__mark:not(.places__mark--current) .places__edge").first
    expect(chosen).to_have_count(1)

    for shape in (chosen, other):
        expect(shape).to_have_css("stroke", system(page, "Highlight"))
    assert float(style(chosen, "strokeWidth").removesuffix("px")) > float(
        style(other, "strokeWidth").removesuffix("px")
    )
    assert page.evaluate(FRAMELESS, FRAMED) == []


@LANGUAGES
def test_the_chosen_part_of_a_film_is_filled(windows: Windows, site: LiveSite, language: str) -> None:
    page = windows.open(
        f"workbench/videos/{most_noted(site, 'video')}/", who="scholar", language=language, forced=True
    )
    expect(page.locator(".strip__bar").nth(1)).to_be_visible()
    page.keyboard.press("j")

    chosen = page.locator(".strip__bar[aria-current=true]")
    other = page.locator(".strip__bar:not([aria-current])").first
    expect(chosen).to_be_visible()

    expect(chosen).to_have_css("background-color", system(page, "Highlight"))
    assert style(other, "backgroundColor") != style(chosen, "backgroundColor")
    expect(other).to_have_css("border-top-width", "2px")
    assert outlined(page.locator(".note[aria-current=true]"))
    assert page.evaluate(FRAMELESS, FRAMED) == []


@LANGUAGES
def test_the_tab_that_is_open_is_underlined_alone(windows: Windows, language: str) -> None:
    page = windows.open("desk/review/", who="reviewer", language=language, forced=True)
    open_one, other = (
        page.locator(".tabs__tab[aria-current]"),
        page.locator(".tabs__tab:not([aria-current])").first,
    )

    expect(open_one).to_have_css("border-bottom-color", system(page, "Highlight"))
    expect(other).to_have_css("border-bottom-color", system(page, "Canvas"))
    assert page.evaluate(FRAMELESS, FRAMED) == []
    page.locator("#main .item a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("mark").first).to_have_css("background-color", system(page, "Mark"))
    assert page.evaluate(FRAMELESS, FRAMED) == []


@LANGUAGES
def test_reader_fills_the_passage_of_the_open_note(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language, forced=True)
    page.keyboard.press("j")
    page.wait_for_function("() => CSS.highlights.get('hashiya-active')?.size > 0")

    assert ground(page, page.evaluate(LINE, "hashiya-active")[0]) != WHITE
    assert outlined(page.locator(".reader__margin .note[aria-current=true]"))
    assert page.evaluate(FRAMELESS, FRAMED) == []


@LANGUAGES
@pytest.mark.parametrize(
    ("who", "path"), [("archivist", "desk/"), ("editor", "desk/editions/"), ("", "catalogue/")]
)
def test_what_can_be_pressed_has_a_frame_and_the_focus_an_outline(
    windows: Windows, who: str, path: str, language: str
) -> None:
    page = windows.open(path, who=who, language=language, forced=True)

    assert page.evaluate(FRAMELESS, FRAMED) == []
    for _press in range(8):
        page.keyboard.press("Tab")
        assert outlined(page.locator(":focus"))
