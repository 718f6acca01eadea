"""A release as pages for a disk: opened from `file:` with the network off, as on a stick that somebody was given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from annotations.exports import FORMATS
from tests.browser.browsing import NARROW, PHONE, WIDE
from tests.browser.visitor import OVERHANG
from tests.factories_books import make_given

pytestmark = pytest.mark.browser

#: A note of the release, and where it is.
NOTE, PAGE = "nnnnnnnnnnnnnn24", "text-1.html"
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked pages."""
    place = tmp_path_factory.mktemp("disk")
    with zipfile.ZipFile(io.BytesIO(b"".join(FORMATS["site"].write(make_given(None))))) as packed:
        packed.extractall(place)
        return place / packed.namelist()[0].partition("/")[0]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window without a network, in which nothing may go wrong and nothing else may be asked for."""
    context = chromium.new_context(offline=True, viewport=WIDE)  # type: ignore[arg-type]
    wrong: list[str] = []

    def watch_message(told: ConsoleMessage) -> None:
        if told.type in ("error", "warning"):
            wrong.append(told.text)

    def watch_request(asked: Request) -> None:
        if not asked.url.startswith("file:"):
            wrong.append(asked.url)

    def watch_failure(asked: Request) -> None:
        # What a page was still loading when another took its place is given up.
        if "ERR_ABORTED" not in (asked.failure or ""):
            wrong.append(f"{asked.url}: {asked.failure}")

    context.on("weberror", lambda event: wrong.append(str(event.error)))
    context.on("console", watch_message)
    context.on("request", watch_request)
    context.on("requestfailed", watch_failure)
    yield context.new_page()
    context.close()
    assert wrong == []


@LANGUAGES
def test_words_are_found_however_they_are_spelled_and_lead_to_their_passage(page: Page, folder: Path, language: str) -> None:  # fmt: skip
    page.goto((folder / language / "search.html").as_uri())
    page.locator("#words").fill("قديمه")
    page.keyboard.press("Enter")

    found = page.locator("#found li")
    expect(found.first.locator("mark").first).to_have_text("قديمة")
    # What is shown begins with a word, not with the end of a sentence before it.
    begins = found.locator("p").evaluate_all("all => all.map((one) => one.textContent.slice(0, 2))")
    assert not [words for words in begins if words[0] == "…" and not words[1].isalnum()]
    expect(page.locator("#count")).to_contain_text(str(found.count()))
    found.first.locator("a").click()
    expect(page.locator(":target")).to_be_in_viewport()


@LANGUAGES
def test_a_number_shows_its_note_and_escape_takes_it_away(page: Page, folder: Path, language: str) -> None:
    page.goto((folder / language / PAGE).as_uri())
    number = page.locator(f"a.noteref[data-note='{NOTE}']").first
    number.focus()
    page.keyboard.press("Enter")

    shown = page.get_by_role("dialog")
    expect(shown).to_contain_text("وقيل 1891.")
    expect(shown).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(number).to_be_focused()


@LANGUAGES
def test_an_address_with_a_note_finds_the_page_on_which_it_is(
    page: Page, folder: Path, language: str
) -> None:
    page.goto(f"{(folder / language / 'index.html').as_uri()}#note-{NOTE}")

    expect(page.locator(f"#note-{NOTE}")).to_be_in_viewport()
    assert page.url.endswith(f"/{language}/{PAGE}#note-{NOTE}")


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW], ids=["wide", "phone", "narrow"])
def test_every_page_opens_with_its_pictures_and_fits_its_window(
    page: Page, folder: Path, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 8
    for one in pages:
        page.goto(one.as_uri())
        assert page.evaluate(OVERHANG) <= 0, one.name
        assert page.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)"), (
            one.name
        )
