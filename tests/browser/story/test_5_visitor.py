"""Chapter five: visitors read the release on any screen, in either language, with a script or without."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import visitor
from tests.browser.browsing import PHONE, WIDE, Windows
from tests.browser.story.conftest import Story
from tests.browser.story.test_2_scholar import BY_KEYS, BY_MOUSE, HALF, JOINED

pytestmark = pytest.mark.browser

TITLES = {"ar": "طبعة المقالة الطويلة", "en": "The long article, an edition"}
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["laptop", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def read(windows: Windows, story: Story, path: str = "", *, language: str = "en", **options: object) -> Page:
    """Return a window in which a visitor reads the release."""
    story.needs("published")
    address = story.release.replace("/en/", f"/{language}/") + path
    return windows.open(address, language=language, **options)  # type: ignore[arg-type]


@SIZES
@LANGUAGES
def test_a_visitor_reads_with_a_script(
    windows: Windows, story: Story, language: str, size: dict[str, int]
) -> None:
    page = read(windows, story, language=language, size=size, touch=size is PHONE)

    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[language])
    article = page.locator("#text")
    expect(article).to_have_attribute("dir", "rtl")
    assert len(article.evaluate("text => [...text.textContent].join('')")) == int(
        article.get_attribute("data-length") or 0
    )
    assert page.evaluate(visitor.OVERHANG) <= 0
    visitor.tap(page, visitor.quoted(page, BY_MOUSE))
    expect(visitor.at_note(page, BY_MOUSE)).to_be_in_viewport()


@SIZES
@LANGUAGES
def test_a_visitor_reads_without_a_script(
    windows: Windows, story: Story, language: str, size: dict[str, int]
) -> None:
    page = read(windows, story, language=language, size=size, javascript=False)

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[language])
    count = page.locator("#text .count").first
    expect(count).to_be_visible()
    count.click()
    expect(visitor.note(page, BY_KEYS)).to_be_in_viewport()
    visitor.note(page, BY_MOUSE).locator(".note__quote a").click()
    expect(page.locator("#text mark").first).to_be_in_viewport()
    page.goto(story.release.replace("/en/", f"/{language}/") + "?marked=1")
    assert page.locator("#text mark").count() >= 5


def test_a_visitor_follows_a_tag_to_its_passages_and_back(windows: Windows, story: Story) -> None:
    page = read(windows, story)

    visitor.note(page, BY_KEYS).get_by_role("link", name="Aleppo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aleppo")
    page.locator(".item", has_text=BY_KEYS).get_by_role("link").first.click()

    visitor.ready(page)
    expect(visitor.at_note(page, BY_KEYS)).to_be_in_viewport()


def test_a_visitor_walks_a_cross_reference_from_both_ends(windows: Windows, story: Story) -> None:
    page = read(windows, story)

    there = visitor.note(page, JOINED).locator(".xref")
    expect(there).to_contain_text("contradicts")
    there.get_by_role("link").click()
    page.wait_for_url("**#at-*")
    start, end = map(int, page.url.partition("#at-")[2].split("-"))
    content = page.locator("#text").evaluate("text => [...text.textContent]")
    words = "".join(content[start:end])
    back = page.locator("[data-notes] .note", has_text="is contradicted by")
    expect(back).to_be_in_viewport()
    expect(back.locator(".note__quote")).to_have_text(words)

    back.locator(".xref").get_by_role("link").click()

    visitor.ready(page)
    expect(visitor.at_note(page, JOINED)).to_be_in_viewport()


def test_a_visitor_downloads_the_release_as_web_annotations(windows: Windows, story: Story) -> None:
    page = read(windows, story)
    content = "".join(page.locator("#text").evaluate("text => [...text.textContent]"))

    with page.expect_download() as begun:
        page.get_by_role("link", name="W3C Web Annotation (JSON-LD)").click()

    collection = json.loads(Path(begun.value.path()).read_text())
    assert "http://www.w3.org/ns/anno.jsonld" in collection["@context"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == 4
    bodies = json.dumps(collection, ensure_ascii=False)
    for words in (BY_KEYS, BY_MOUSE, HALF, JOINED):
        assert words in bodies
    for place in _positions(collection):
        assert content[place["start"] : place["end"]].strip()


def _positions(node: object) -> list[dict[str, int]]:
    """Return every position in the text that the collection names."""
    if isinstance(node, dict):
        own = [node] if node.get("type") == "TextPositionSelector" else []
        return own + [place for value in node.values() for place in _positions(value)]
    return [place for value in node for place in _positions(value)] if isinstance(node, list) else []


def test_a_visitor_cites_it(windows: Windows, story: Story) -> None:
    page = read(windows, story)

    page.get_by_role("link", name="Cite", exact=True).click()

    cite = page.locator("#cite")
    expect(cite).to_be_in_viewport()
    expect(cite).to_contain_text(TITLES["en"])
    expect(cite).to_contain_text(story.release.replace("/en/", "/"))
    expect(cite.locator(".cite__id")).to_have_text(re.compile("^ark:/"))
    with page.expect_download() as begun:
        cite.get_by_role("link", name="BibTeX").click()
    entry = Path(begun.value.path()).read_text()
    assert TITLES["en"] in entry
    assert "/editions/long-article/1/" in entry


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["laptop", "phone"])
def test_a_visitor_shares_a_note_that_opens_where_it_is(
    windows: Windows, story: Story, size: dict[str, int]
) -> None:
    page = read(windows, story)
    link = visitor.note(page, HALF).get_by_role("link", name="Link to this note")
    words = visitor.quoted(page, HALF)
    shared = page.url + str(link.get_attribute("href")).rpartition("/")[2]

    for javascript in (True, False):
        other = windows.open(shared, size=size, touch=size is PHONE, javascript=javascript)
        if javascript:
            expect(visitor.at_note(other, HALF)).to_be_in_viewport()
        else:
            expect(visitor.note(other, HALF)).to_be_in_viewport()
        expect(other.locator("#text mark").first).to_have_text(words)
