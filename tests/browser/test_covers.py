"""The cover in the form of an edition, with and without a script, and beside the title on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import PHONE, Windows
from tests.factories_archive import png

pytestmark = pytest.mark.browser


def edition(windows: Windows, *, javascript: bool) -> Page:
    page = windows.open("desk/editions/", who="editor", javascript=javascript)
    page.get_by_role("link", name="The Road to the Water").first.click()
    return page


def save(page: Page, cover: str) -> None:
    page.get_by_role("radio", name=cover).check()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan was saved.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_cover_is_looked_for_chosen_seen_and_taken_away(windows: Windows, javascript: bool) -> None:
    page = edition(windows, javascript=javascript)
    page.get_by_role("link", name="Change the plan").click()
    page.get_by_label("What changed since the last release, in English").fill("Half a sentence")
    page.get_by_label("Look for a picture").fill("canal")

    page.get_by_role("button", name="Look for pictures").click()

    expect(page.get_by_role("radio", name="Section of the canal")).to_be_visible()
    changed = page.get_by_label("What changed since the last release, in English")
    expect(changed).to_have_value("Half a sentence")
    changed.fill("")
    save(page, "Section of the canal")

    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Preview").click()
    cover = page.locator(".titled .cover img")
    expect(cover).to_be_visible()
    box, text = cover.bounding_box(), page.locator("#text").bounding_box()
    assert box is not None
    assert text is not None
    assert box["height"] < 120
    assert text["y"] < PHONE["height"], "the text begins on the first screen"

    page.go_back()
    page.get_by_role("link", name="Change the plan").click()
    save(page, "No cover")


def test_enter_in_the_words_looks_for_pictures_and_saves_nothing(windows: Windows) -> None:
    page = edition(windows, javascript=True)
    page.get_by_role("link", name="Change the plan").click()
    words = page.get_by_label("Look for a picture")
    words.fill("canal")

    words.press("Enter")

    expect(page.get_by_role("radio", name="Section of the canal")).to_be_visible()
    expect(page.get_by_role("button", name="Save the plan")).to_be_visible()
    expect(page.get_by_text("The plan was saved.")).to_have_count(0)


@pytest.mark.parametrize("width", [600, 320])
def test_card_of_an_edition_on_another_site_shows_its_title_beside_its_cover(
    windows: Windows, width: int
) -> None:
    page = windows.open("embed/editions/the-road-to-the-water/2/")
    page.set_viewport_size({"width": width, "height": 260})

    for part in (page.locator("h1"), page.locator(".embed__picture img")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 260
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("javascript", [True, False])
def test_an_editor_sends_a_cover_in_and_is_told_what_must_be_said_of_it(
    windows: Windows, javascript: bool
) -> None:
    page = edition(windows, javascript=javascript)
    page.get_by_role("link", name="Change the plan").click()
    picture = {
        "name": "well.png",
        "mimeType": "image/png",
        "buffer": png(40 if javascript else 50, 30),
    }
    page.get_by_label("Or send a picture in").set_input_files(picture)

    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_label("Title of the picture in English")).to_be_visible()
    page.get_by_label("Title of the picture in English").fill("A well")
    page.get_by_label("What it shows, in English").fill("A well with a wheel")
    page.get_by_label("Rights in the picture").select_option("https://creativecommons.org/licenses/by/4.0/")
    page.get_by_label("Or send a picture in").set_input_files(picture)
    page.get_by_role("button", name="Save the plan").click()

    expect(page.get_by_text("The plan was saved.")).to_be_visible()
    expect(page.get_by_role("img", name="A well").or_(page.get_by_text("A well")).first).to_be_visible()
    page.get_by_role("link", name="Change the plan").click()
    save(page, "No cover")
