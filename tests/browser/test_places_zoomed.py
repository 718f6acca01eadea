"""Each shape by each hand, looked at more nearly first: what is drawn lies where it was drawn, in pixels of the picture."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.browsing import PHONE, Windows
from tests.browser.live_site import LiveSite

pytestmark = pytest.mark.browser

BODY = "note-composer textarea#note-body"
PENDING = ".places__pending"
#: Where a point of the screen lies in the picture.
PIXEL = """([x, y]) => {
  const shapes = document.querySelector(".places__drawing");
  const at = new DOMPoint(x, y).matrixTransform(shapes.getScreenCTM().inverse());
  return [at.x, at.y];
}"""
SCALE = "() => document.querySelector('.places__drawing').getScreenCTM().a"
Point = tuple[float, float]


def opened(windows: Windows, site: LiveSite, **device: Any) -> tuple[Page, str]:
    image = site.get_json("/api/images/")["results"][-1]["id"]
    page = windows.open(f"workbench/images/{image}/", who="scholar", **device)
    expect(page.locator("[data-ground][data-ready]")).to_be_visible()
    return page, image


def middle(page: Page) -> Point:
    page.locator(".places__stage").evaluate(
        "one => one.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    box = page.locator(".places__stage").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def nearer(page: Page) -> None:
    """Look at twice as much of the picture's middle, and wait until it lies still."""
    before = page.evaluate(SCALE)
    button = page.get_by_role("button", name="Nearer")
    button.click()
    button.click()
    page.wait_for_function(f"before => ({SCALE})() > before * 1.5", arg=before)
    page.wait_for_function(
        f"() => {{ const now = ({SCALE})(); const same = now === window.last; window.last = now; return same; }}",
        polling=200,
    )


def save(page: Page, words: str) -> dict[str, Any]:
    """Save the note and return its region as the server keeps it."""
    page.locator(BODY).fill(words)
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.status == 201
    ) as saved:
        page.locator("note-composer").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("note-composer")).to_have_count(0)
    region: dict[str, Any] = saved.value.json()["region"]
    return region


def near(points: list[list[float]], expected: list[Point], by: float) -> bool:
    return len(points) == len(expected) and all(
        abs(x - a) <= by and abs(y - b) <= by for (x, y), (a, b) in zip(points, expected, strict=True)
    )


def corners(page: Page, around: Point, shape: list[Point]) -> tuple[list[Point], list[Point]]:
    """Return points of the screen around a point, and where they lie in the picture."""
    places = [(around[0] + dx, around[1] + dy) for dx, dy in shape]
    return places, [tuple(page.evaluate(PIXEL, list(place))) for place in places]


TRIANGLE = [(-70.0, -50.0), (60.0, -40.0), (10.0, 60.0)]


def test_a_mouse_draws_an_ellipse_and_a_polygon_where_it_was_zoomed_to(
    windows: Windows, site: LiveSite
) -> None:
    page, _image = opened(windows, site)
    nearer(page)
    by = 2 / page.evaluate(SCALE)

    page.locator("[data-tool=ellipse]").click()
    (start, end), (first, last) = corners(page, middle(page), [(-60, -40), (60, 40)])
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*middle(page), steps=4)
    page.mouse.move(*end)
    page.mouse.up()
    drawn = save(page, "an ellipse, zoomed")
    center = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
    radii = ((last[0] - first[0]) / 2, (last[1] - first[1]) / 2)
    assert drawn["shape"] == "ellipse"
    assert near(drawn["points"], [center, radii], by)

    page.locator("[data-tool=polygon]").click()
    places, expected = corners(page, middle(page), TRIANGLE)
    for place in places:
        page.mouse.click(*place)
    page.get_by_role("button", name="Close the shape").click()
    drawn = save(page, "a polygon, zoomed")
    assert drawn["shape"] == "polygon"
    assert near(drawn["points"], expected, by)


def test_keys_alone_place_a_polygon_and_change_its_corners_where_it_was_zoomed_to(
    windows: Windows, site: LiveSite
) -> None:
    page, _image = opened(windows, site)
    nearer(page)

    page.locator("[data-tool=polygon]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(PENDING)).to_be_focused()
    corners_before = page.locator(".places__handle").count()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Insert")
    expect(page.locator(".places__handle").nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(BODY)).to_be_focused()
    drawn = save(page, "a polygon by keys")

    assert drawn["shape"] == "polygon"
    assert len(drawn["points"]) == corners_before + 1
    assert all(one != other for one, other in pairwise(drawn["points"]))


def finger(session: CDPSession, kind: str, *places: Point) -> None:
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_draws_an_ellipse_and_a_polygon_and_two_zoom(windows: Windows, site: LiveSite) -> None:
    page, _image = opened(windows, site, size=PHONE, touch=True)
    session = page.context.new_cdp_session(page)

    page.locator("[data-tool=polygon]").tap()
    before, (x, y) = page.evaluate(SCALE), middle(page)
    finger(session, "touchStart", (x - 20, y))
    finger(session, "touchStart", (x - 20, y), (x + 20, y))
    for apart in (30, 45, 60):
        finger(session, "touchMove", (x - apart, y), (x + apart, y))
    finger(session, "touchEnd")
    page.wait_for_function(f"before => ({SCALE})() > before * 2", arg=before)
    # Both fingers zoomed: neither set a corner.
    assert page.locator(".places__dot").count() == 0
    by = 2 / page.evaluate(SCALE)

    places, expected = corners(page, (x, y), [(-60, -40), (50, -40), (0, 50)])
    for number, place in enumerate(places, start=1):
        finger(session, "touchStart", place)
        finger(session, "touchEnd")
        expect(page.locator(".places__dot")).to_have_count(number)
    page.get_by_role("button", name="Close the shape").tap()
    drawn = save(page, "a polygon by finger")
    assert drawn["shape"] == "polygon"
    assert near(drawn["points"], expected, by)

    page.locator("[data-tool=ellipse]").tap()
    (start, end), (first, last) = corners(page, middle(page), [(-50, -40), (50, 40)])
    finger(session, "touchStart", start)
    finger(session, "touchMove", middle(page))
    finger(session, "touchMove", end)
    finger(session, "touchEnd")
    drawn = save(page, "an ellipse by finger")
    assert drawn["shape"] == "ellipse"
    center = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
    assert near(drawn["points"][:1], [center], by)
