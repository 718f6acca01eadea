"""The tree of the vocabulary by keys and touch, and a place picked on the map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import PHONE

pytestmark = pytest.mark.browser

DESK = "/en/desk/terms"


def test_branch_opens_and_closes_with_the_arrow_keys(windows) -> None:
    page = windows.open(f"{DESK}/tree/", who="reviewer")
    aleppo = (
        page.locator("[role=treeitem]").filter(has=page.get_by_role("link", name="Aleppo", exact=True)).first
    )
    inner = aleppo.locator("[role=treeitem]")
    aleppo.focus()

    page.keyboard.press("ArrowRight")
    expect(aleppo).to_have_attribute("aria-expanded", "true")
    expect(inner.first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(inner.first).to_be_focused()
    expect(inner.first).to_have_attribute("aria-level", "2")
    page.keyboard.press("ArrowDown")
    expect(inner.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(aleppo).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(inner.first).to_be_hidden()


def test_arrow_keys_go_with_the_writing_on_a_phone(windows) -> None:
    page = windows.open("desk/terms/tree/", who="reviewer", language="ar", size=PHONE)
    aleppo = (
        page.locator("[role=treeitem]").filter(has=page.get_by_role("link", name="حلب", exact=True)).first
    )
    aleppo.focus()

    page.keyboard.press("ArrowLeft")

    expect(aleppo).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_place_is_picked_with_pointer_keys_and_numbers(windows) -> None:
    page = windows.open(f"{DESK}/new/?kind=place", who="reviewer")
    latitude, longitude = page.locator("[name=latitude]"), page.locator("[name=longitude]")
    world, pin = page.locator(".world__map"), page.locator(".world__pin")
    box = world.bounding_box()
    assert box is not None

    world.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(latitude).not_to_have_value("")
    assert abs(float(latitude.input_value())) < 1
    assert abs(float(longitude.input_value())) < 1
    latitude.fill("0")
    longitude.fill("0")
    world.press("ArrowUp")
    world.press("ArrowRight")
    expect(latitude).to_have_value("3.60")
    expect(longitude).to_have_value("3.60")
    latitude.fill("36.2")
    longitude.fill("37.1")
    expect(pin).to_have_attribute("cx", "217.1")
    page.get_by_role("button", name="Closer").click()
    assert world.evaluate("map => map.viewBox.baseVal.width") == 180
    page.get_by_role("button", name="No place").click()
    expect(latitude).to_have_value("")
