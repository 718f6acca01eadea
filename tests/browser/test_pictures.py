"""Pictures looked at closely, and parts of one covered by hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from archive.presenters.veils import veil
from tests.browser.browsing import PHONE
from tests.factories_archive import png

pytestmark = pytest.mark.browser


def size_of(page: Page) -> int:
    return int(page.locator(".zoom").get_attribute("data-size") or "0")


@pytest.mark.parametrize(("language", "device"), [("ar", {}), ("en", {"size": PHONE})])
def test_a_picture_is_looked_at_closely_by_buttons_and_keys(windows, language, device):
    page = windows.open("catalogue/?type=image", language=language, **device)
    page.locator("main a[href*='/images/']").first.click()
    page.wait_for_url(re.compile(r"/images/[a-z0-9]{16}/$"))
    expect(page.locator("figure[data-zoom]")).to_have_attribute("data-ready", "")

    page.locator(".zoom__offer").click()

    zoom = page.locator(".zoom")
    expect(zoom).to_have_attribute("data-drawn", "")
    expect(page.locator("figure[data-zoom] > a")).to_be_hidden()
    expect(zoom.locator("[role=application]")).to_be_focused()
    page.keyboard.press("+")
    expect(zoom).to_have_attribute("data-size", re.compile(r"\d"))
    near = size_of(page)
    zoom.get_by_role("button").first.click()
    expect(zoom).not_to_have_attribute("data-size", str(near))
    assert size_of(page) > near
    for button in zoom.get_by_role("button").all():
        assert button.get_attribute("aria-label")
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44

    page.keyboard.press("Escape")
    expect(zoom).to_have_count(0)
    expect(page.locator(".zoom__offer")).to_be_focused()


WORK, RELEASE = "works/ten-days-without-the-canal/", "editions/ten-days-without-the-canal/1/?whole=1"


@pytest.mark.parametrize(("address", "language", "device"), [
    (WORK, "en", {}), (WORK, "ar", {"size": PHONE, "touch": True}),
    (RELEASE, "ar", {}), (RELEASE, "en", {"size": PHONE, "touch": True}),
])  # fmt: skip
def test_a_figure_of_a_text_is_looked_at_closely_where_it_stands(windows, address, language, device):
    page = windows.open(address, language=language, **device)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    figure = page.locator("article figure[data-zoom]").last
    expect(figure).to_have_attribute("data-ready", "")
    words = page.evaluate("document.querySelector('article').textContent")
    before = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [url for url in before if "openseadragon" in url], "fetched when asked for"
    offer = figure.locator(".zoom__offer")

    offer.tap() if device else offer.click()

    zoom = figure.locator(".zoom")
    expect(zoom).to_have_attribute("data-drawn", "")
    expect(zoom.locator("[role=application]")).to_be_focused()
    # The second page of a PDF, and the text is still nothing but its words.
    assert any("openseadragon" in url for url in asked)
    assert any(re.search(r"/iiif/3/[a-z0-9]{16}:2/info\.json$", url) for url in asked)
    assert page.evaluate("document.querySelector('article').textContent") == words
    page.keyboard.press("+")
    expect(zoom).to_have_attribute("data-size", re.compile(r"\d"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The viewer complains of tiles that arrive when it is gone.
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Escape")
    expect(zoom).to_have_count(0)
    expect(figure.locator(".zoom__offer")).to_be_focused()
    box = offer.bounding_box()
    assert box
    assert box["height"] >= 44 if device else box["width"] > 90


def test_a_figure_of_which_readers_are_warned_is_shown_first_and_then_looked_at(windows):
    def warned(route):
        answer = route.fetch()
        parts = answer.text().split('<a class="figure__link"')
        last, rest = parts[-1].split("</a>", 1)
        parts[-1] = f"{last}</a></div>{rest}"
        html = '<a class="figure__link"'.join(parts[:-1])
        veiled = f'<div class="veiled">{veil("Violence", "one")}<a class="figure__link"'
        route.fulfill(response=answer, body=f"{html}{veiled}{parts[-1]}")

    page = windows.open()
    page.route(re.compile(r"/en/works/ten-days"), warned)
    page.goto(f"/en/{WORK}")
    figure = page.locator("article figure[data-zoom]").last
    expect(figure).to_have_attribute("data-ready", "")
    seen = figure.locator("input[data-veil]")

    figure.evaluate("(one) => one.querySelector('.zoom__offer').click()")

    expect(seen).to_be_focused()
    expect(figure.locator(".zoom")).to_have_count(0)
    seen.check(force=True)
    figure.locator(".zoom__offer").click()
    expect(figure.locator(".zoom")).to_have_attribute("data-drawn", "")
    page.wait_for_load_state("networkidle")


def test_without_a_script_a_figure_leads_to_the_page_of_its_picture(windows):
    page = windows.open(WORK, language="en", javascript=False)

    page.locator("article figure[data-zoom] a").last.click()

    page.wait_for_url(re.compile(r"/en/images/[a-z0-9]{16}/\?page=2#picture$"))
    expect(page.locator("#picture img")).to_have_attribute("alt", "Page 2 of 2")


def test_a_part_is_drawn_moved_by_keys_looked_at_and_covered(windows):
    page = windows.open("desk/images/upload/", who="archivist")
    picture = {"name": "face.png", "mimeType": "image/png", "buffer": png(320, 240)}
    page.locator("input[type=file]").set_input_files([picture])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/desk/images/[a-z0-9]{16}/$"))
    # The page looks again by itself when the copies are made.
    expect(page.locator("main figure img")).to_be_visible(timeout=60_000)
    page.locator("a[href$='/cover/']").click()
    form = page.locator("form[data-covering]")
    expect(form).to_have_attribute("data-ready", "")

    box = page.locator("svg.covering__picture").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()

    area = page.locator("svg .covering__area")
    expect(area).to_be_focused()
    width = page.locator("#id_areas-0-width")
    expect(width).to_have_value(re.compile("^(79|8[0-3])$"))
    page.keyboard.press("Shift+ArrowRight")
    expect(width).to_have_value(re.compile("^8[0-6]$"))
    page.locator("#id_areas-0-x").fill("10")
    expect(area).to_have_attribute("x", "10")
    page.locator("#id_reason").fill("A face")
    page.locator("#id_because_en").fill("To protect a person.")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator(".covering__picture--preview .covering__area")).to_have_attribute("x", "10")
    page.get_by_role("button", name="Cover these parts").click()

    page.wait_for_url(re.compile(r"/desk/images/[a-z0-9]{16}/$"))
    expect(page.locator("main")).to_contain_text("Parts of this picture are covered.")
    expect(page.locator("main figure img")).to_be_visible(timeout=60_000)
