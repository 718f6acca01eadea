"""Released notes on pictures and films, read with the pointer, with keys, with a finger, and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import PHONE, Windows
from tests.browser.test_accessibility import LANGUAGES, faults

pytestmark = pytest.mark.browser

RELEASE = "editions/the-road-to-the-water/2/?whole=1"
REGION = ".pins--regions .pin"
CURRENT = "[data-notes] .note[aria-current=true]"


def note_of(page: Page, selector: str) -> str:
    """Return the note that the first of these pins stands for."""
    return str(page.locator(selector).first.get_attribute("data-pin"))


def test_a_region_and_its_line_in_the_list_open_the_note_beside_them(windows: Windows) -> None:
    page = windows.open(RELEASE)
    ident = note_of(page, REGION)

    page.locator(f"{REGION}[data-pin='{ident}'] .pin__disc").click()

    expect(page.locator(CURRENT)).to_have_id(f"note-{ident}")
    expect(page.locator(f".pin-list [data-pin='{ident}']")).to_have_attribute("aria-current", "true")
    other = page.locator(f".pin-list [data-pin]:not([data-pin='{ident}'])").first
    other.click()
    expect(page.locator(CURRENT)).to_have_id(f"note-{other.get_attribute('data-pin')}")
    expect(page.locator(f"{REGION}[data-pin='{ident}']")).not_to_have_attribute("aria-current", "true")
    assert page.url.endswith("whole=1")


@pytest.mark.parametrize("size", [None, PHONE])
def test_regions_lie_over_the_picture_alone_so_that_each_is_where_it_was_drawn(
    windows: Windows, size: dict[str, int] | None
) -> None:
    page = windows.open(RELEASE, size=size)
    figure = page.locator("figure[data-ready]").filter(has=page.locator(REGION)).first
    figure.scroll_into_view_if_needed()

    drawn, picture = (
        figure.locator(".pins--regions").bounding_box(),
        figure.locator(".plate img").bounding_box(),
    )
    assert drawn
    assert picture
    assert [round(drawn[side]) for side in ("x", "width")] == [
        round(picture[side]) for side in ("x", "width")
    ]
    assert abs(drawn["height"] - picture["height"]) < 8

    figure.locator(".zoom__offer").click()
    expect(figure.locator(".zoom")).to_be_visible()
    expect(figure.locator(".pins--regions")).to_be_hidden()


def test_keys_reach_a_region_and_go_on_from_it(windows: Windows) -> None:
    page = windows.open(RELEASE)
    ident = note_of(page, REGION)
    page.locator(f"{REGION}[data-pin='{ident}']").focus()

    page.keyboard.press("Enter")
    expect(page.locator(CURRENT)).to_have_id(f"note-{ident}")
    page.keyboard.press("j")

    expect(page.locator(CURRENT)).not_to_have_id(f"note-{ident}")
    page.keyboard.press("k")
    expect(page.locator(CURRENT)).to_have_id(f"note-{ident}")
    expect(page.locator("#announcer")).to_contain_text("Note ")


def test_the_address_of_a_note_leads_to_its_picture(windows: Windows) -> None:
    page = windows.open(RELEASE)
    ident = note_of(page, ".pins--strip .pin")

    page.goto(f"{page.url}#note-{ident}")

    expect(page.locator(CURRENT)).to_have_id(f"note-{ident}")
    expect(page.locator(f".pins--strip [data-pin='{ident}']")).to_be_in_viewport()


def test_a_part_of_a_film_is_played_where_it_stands_and_nothing_is_asked_before(windows: Windows) -> None:
    windows.watch.expected.append(r"archive\.org")
    page = windows.open(RELEASE)
    film = page.locator("figure.video").filter(has=page.locator(".pin-list"))
    expect(film.locator("iframe")).to_have_count(0)
    part = film.locator(".pin-list__play").first
    seconds = str(part.get_attribute("data-play")).partition("-")[0]

    part.click()

    expect(film.locator("iframe")).to_have_attribute(
        "src", f"https://archive.org/embed/RiverThe1937?start={seconds}"
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_a_phone_the_note_comes_in_a_sheet(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language, size=PHONE)
    pin = page.locator(REGION).first
    pin.scroll_into_view_if_needed()

    pin.locator(".pin__disc").click()

    sheet = page.locator(".notes-sheet")
    expect(sheet.locator(f"[data-note='{note_of(page, REGION)}']")).to_be_visible()
    expect(sheet.locator(".crop img")).to_be_visible()


@LANGUAGES
def test_the_page_has_no_grave_fault_with_a_note_on_a_picture_open(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language)
    page.locator(f"{REGION} .pin__disc").first.click()
    page.locator(CURRENT).wait_for()

    assert faults(page, language) == []


def test_without_script_the_list_leads_to_the_note_with_its_piece_of_the_picture(windows: Windows) -> None:
    page = windows.open(RELEASE, javascript=False)
    link = page.locator(".figure .pin-list__note").first
    ident = link.get_attribute("data-pin")

    link.click()

    card = page.locator(f"#note-{ident}")
    expect(card).to_be_in_viewport()
    expect(card.locator(".crop img")).to_be_visible()
    card.locator(".crop").click()
    expect(page.locator(f"{REGION}[data-pin='{ident}'][aria-current=true]")).to_be_in_viewport()
