"""Every page for everybody: axe finds nothing grave, nothing hangs over a narrow window, and the keyboard suffices."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.browser import scholar
from tests.browser.browsing import NARROW, WIDE, Windows
from tests.browser.live_site import LiveSite, most_noted
from tests.browser.visitor import OVERHANG

pytestmark = pytest.mark.browser

#: The rules, as the pinned package brings them; put into the page from outside, past its content security policy.
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`)"""
#: Colors change slowly, and half-way they are too faint. Brought to their end, not waited for: what is not laid out
#: (folded away, outside of its box) never gets there by itself. Notes off the screen, which have no place until they come
#: near, are given one: axe takes the ground on which they stand for white otherwise.
AT_REST = """async () => {
  const all = new CSSStyleSheet();
  all.replaceSync(".note { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(all);
  for (let frame = 0; frame < 3; frame++) {
    await new Promise(requestAnimationFrame);
    document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
  }
}"""
Light = Literal["light", "dark"]
#: Pages that anybody opens.
PUBLIC = (
    "", "catalogue/", "editions/", "terms/", "timeline/?in=13XX", "map/", "search/?q=canal", "about/", "privacy/", "contact/",
    "account/login/", "account/password/reset/", "no-such-page/",
    *(f"editions/the-road-to-the-water/2/{page}" for page in (
        "search/?q=قناة", "search/?q=nothing-of-the-kind", "index/", "references/", "compare/1/", "downloads/", "?since=1", "readings/?at=600-680",
    )),
)  # fmt: skip
#: A list, and the selector of the link to one of what it lists.
SINGLE = (
    ("catalogue/", "a[href*='/works/']"), ("", "a[href*='/collections/']"),
    ("editions/", "main a[href*='/editions/']"), ("terms/", "main a[href*='/terms/']:not([href*='?'])"),
    ("catalogue/?kind=image", "a[href*='/images/']"), ("catalogue/?kind=video", "a[href*='/videos/']"),
)  # fmt: skip
DESKS = {
    "archivist": (
        "desk/", "desk/texts/", "desk/texts/upload/", "desk/works/", "desk/works/new/", "desk/collections/",
        "desk/images/", "desk/images/upload/", "desk/videos/", "desk/videos/new/", "desk/figures/", "desk/files/",
    ),
    "scholar": ("desk/", "desk/notes/", "desk/terms/", "desk/terms/new/", "account/mails/"),
    "reviewer": ("desk/", "desk/review/", "desk/review/?state=decided"),
    "editor": ("desk/", "desk/editions/", "desk/editions/new/"),
    "administrator": ("desk/", "desk/people/", "desk/people/invite/", "desk/groups/new/", "desk/site/"),
}  # fmt: skip
#: Things of a desk: the list, and the selector of the link to one of them.
DESK_SINGLE: dict[str, tuple[tuple[str, str], ...]] = {
    "archivist": (
        ("desk/works/", "#main a[href*='/desk/works/']:not([href$='/new/'])"),
        ("desk/images/", "#main a[href*='/desk/images/']:not([href*='upload'])"),
    ),
    "scholar": (),
    "reviewer": (("desk/review/", "#main .item a"),),
    "editor": (("desk/editions/", "#main a[href*='/desk/editions/']:not([href$='/new/'])"),),
    "administrator": (("desk/people/", "#main a.person"),),
}
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
#: How each page is looked at: the two languages between them cover every pair of light and width.
LOOKS: dict[str, tuple[tuple[Light, dict[str, int]], ...]] = {
    "ar": (("light", WIDE), ("dark", NARROW)), "en": (("dark", WIDE), ("light", NARROW))
}  # fmt: skip


def faults(page: Page, language: str) -> list[str]:
    """Return what axe calls serious or critical on the page at hand, and how far it hangs over its window."""
    found = []
    page.evaluate(AXE)
    for light, size in LOOKS[language]:
        page.emulate_media(color_scheme=light)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(AT_REST)
        where = f"{page.url} {light} {size['width']}"
        found += [f"{where} {one}" for one in page.evaluate(RUN)]
        if (over := page.evaluate(OVERHANG)) > 0:
            found.append(f"{where} hangs over by {over} px")
    return found


def faults_of(page: Page, language: str, paths: Iterable[str]) -> list[str]:
    """Return the faults of several pages."""
    found = []
    for path in paths:
        page.goto(f"/{language}/{path}")
        found += faults(page, language)
    return found


def faults_of_one(page: Page, language: str, path: str, link: str) -> list[str]:
    """Return the faults of the first thing that a list leads to."""
    page.goto(f"/{language}/{path}")
    page.goto(str(page.locator(link).first.get_attribute("href")))
    return faults(page, language)


def test_grave_faults_are_found(windows: Windows) -> None:
    page = windows.open("about/")
    page.locator("#main").evaluate("main => main.append(document.createElement('button'))")

    assert any("button-name" in fault for fault in faults(page, "en"))


@LANGUAGES
def test_public_pages_have_no_grave_fault(windows: Windows, language: str) -> None:
    windows.watch.expected.append("404")
    page = windows.open(language=language)

    found = faults_of(page, language, PUBLIC)
    for path, link in SINGLE:
        found += faults_of_one(page, language, path, link)

    assert found == []


@LANGUAGES
@pytest.mark.parametrize("who", DESKS)
def test_desks_have_no_grave_fault(windows: Windows, who: str, language: str) -> None:
    page = windows.open("about/", who=who, language=language)

    found = faults_of(page, language, DESKS[who])
    for path, link in DESK_SINGLE[who]:
        found += faults_of_one(page, language, path, link)

    assert found == []


@LANGUAGES
def test_the_reader_has_no_grave_fault_with_a_note_open(windows: Windows, language: str) -> None:
    page = windows.open("editions/", language=language)
    page.goto(str(page.locator("main a[href*='/editions/']").first.get_attribute("href")))
    page.locator("[data-notes] .note").first.wait_for()
    page.keyboard.press("j")
    page.locator("[data-notes] .note[aria-current=true]").wait_for()

    assert faults(page, language) == []


@LANGUAGES
def test_the_workbench_has_no_grave_fault_with_a_note_half_written(windows: Windows, language: str) -> None:
    page = windows.open("catalogue/", who="scholar", language=language)
    page.goto(str(page.locator("a[href*='/works/']").first.get_attribute("href")))
    page.locator("a[href*='/workbench/']").first.click()
    scholar.ready(page)
    found = faults(page, language)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    first = page.locator("article[data-text-id] p").first
    first.dblclick()
    scholar.choose(page, "note")
    expect(scholar.composer(page)).to_be_visible()

    assert found + faults(page, language) == []


@LANGUAGES
@pytest.mark.parametrize("kind", ["image", "video"])
def test_the_workbenches_of_pictures_and_films_have_no_grave_fault(
    windows: Windows, site: LiveSite, kind: str, language: str
) -> None:
    page = windows.open(f"workbench/{kind}s/{most_noted(site, kind)}/", who="scholar", language=language)
    expect(page.locator(".note").first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".note[aria-current=true]")).to_be_attached()

    assert faults(page, language) == []


#: What has the focus, and whether that can be seen; a card draws it for the link that covers it.
FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element.matches(".card__link") ? element.closest(".card") : element);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const box = element.getBoundingClientRect();
  const there = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return [element.outerHTML.slice(0, 120), drawn && there];
}"""


@LANGUAGES
def test_the_skip_link_leads_to_the_content(windows: Windows, language: str) -> None:
    page = windows.open(language=language)

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(("who", "path"), [("", ""), ("", "catalogue/"), ("reviewer", "desk/review/")])
def test_the_focus_is_always_seen(windows: Windows, who: str, path: str) -> None:
    page = windows.open(path, who=who)

    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        what, seen = page.evaluate(FOCUS)
        if not seen and not what.startswith("<body"):
            unseen.append(what)

    assert unseen == []


def test_dialogs_give_the_focus_back(windows: Windows) -> None:
    page = windows.open("desk/notes/", who="scholar")
    undo = page.get_by_role("button", name="Undo").first

    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("() => document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(undo).to_be_focused()


def test_the_menu_of_a_phone_gives_the_focus_back(windows: Windows) -> None:
    page = windows.open(size=NARROW)
    menu = page.get_by_role("button", name="Menu")

    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("navigation", name="Main")).not_to_be_visible()
    expect(menu).to_be_focused()
