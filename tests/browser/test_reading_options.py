"""The reading options: each choice shows, holds, and leaves the text to the letter; the place where one stopped is offered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import visitor
from tests.browser.browsing import NARROW, PHONE, WIDE, Windows
from tests.browser.test_accessibility import AT_REST, RUN, faults

pytestmark = pytest.mark.browser
RELEASE = "editions/the-road-to-the-water/2/"
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
#: The text as the server sends it, whatever was done to the page since.
SERVED = """async () => new DOMParser()
  .parseFromString(await (await fetch(location.pathname + location.search)).text(), "text/html")
  .querySelector("#text").textContent"""
SHOWN = "() => document.querySelector('#text').textContent"
ROOT = "name => document.documentElement.dataset[name]"
#: Pixels by which one note lies on the next, the most of all; below nothing where none does.
OVERLAP = """() => {
  const boxes = [...document.querySelectorAll("[data-notes] > .note")].map((one) => one.getBoundingClientRect())
    .sort((a, b) => a.top - b.top);
  return Math.max(...boxes.slice(1).map((box, n) => boxes[n].bottom - box.top));
}"""
NUMBERS = "() => [...document.querySelectorAll('[data-notes] .note__head > .numeric')].map((one) => one.textContent)"
ARAB = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def opened(page: Page) -> Locator:
    """Return the panel of the options, open."""
    button = page.locator("[data-reading-options]")
    expect(button).to_have_attribute("aria-expanded", re.compile("true|false"))
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    panel = page.locator(".reading-options")
    expect(panel).to_be_visible()
    return panel


def choose(page: Page, name: str, value: str) -> None:
    """Choose in the panel, and close it."""
    opened(page).locator(f"input[name=reading-{name}][value={value}]").check()
    page.keyboard.press("Escape")
    expect(page.locator(".reading-options")).to_be_hidden()


def again(page: Page) -> None:
    """Open the page anew, and wait until it listens."""
    page.goto(page.url.partition("#")[0])
    visitor.ready(page)


def style(page: Page, selector: str, name: str) -> Any:
    """Return a computed style of the first such element."""
    return page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)


@LANGUAGES
@SIZES
def test_every_choice_shows_and_holds_and_leaves_the_text_alone(
    windows: Windows, language: str, size: dict[str, int]
) -> None:
    page = windows.open(RELEASE, language=language, size=size)
    visitor.ready(page)
    served = page.evaluate(SERVED)
    look = {
        "textSize": lambda: float(style(page, "#text", "fontSize")[:-2]),
        "lineSpace": lambda: float(style(page, "#text", "lineHeight")[:-2]),
        "theme": lambda: style(page, "html", "backgroundColor"),
    }
    plain = {name: read() for name, read in look.items()}
    numbers = page.evaluate(NUMBERS)
    assert page.evaluate(SHOWN) == served

    for name, value in [
        ("textSize", "small"), ("textSize", "large"), ("textSize", "larger"), ("textSize", "largest"),
        ("lineSpace", "close"), ("lineSpace", "wide"), ("theme", "dark"), ("numerals", "arab"), ("notesAt", "foot"),
    ]:  # fmt: skip
        choose(page, name, value)
        assert page.evaluate(ROOT, name) == value
        again(page)
        assert page.evaluate(ROOT, name) == value
        assert page.evaluate(SHOWN) == served
        if name in look:
            assert look[name]() != plain[name]
        assert page.evaluate(visitor.OVERHANG) <= 0

    # All of them hold together, and the panel says so.
    panel = opened(page)
    for name, value in [
        ("textSize", "largest"),
        ("lineSpace", "wide"),
        ("theme", "dark"),
        ("numerals", "arab"),
    ]:
        expect(panel.locator(f"input[name=reading-{name}][value={value}]")).to_be_checked()
    assert look["textSize"]() > plain["textSize"] * 1.4
    assert page.evaluate(NUMBERS) == [number.translate(ARAB) for number in numbers]
    panel.locator(".reading-options__end button").click()
    expect(panel.locator("input[name=reading-textSize][value=normal]")).to_be_checked()
    # On a busy machine Chromium tells the size of before for a while, though the choice is gone.
    page.wait_for_function(
        "size => parseFloat(getComputedStyle(document.querySelector('#text')).fontSize) === size",
        arg=plain["textSize"],
    )
    assert {name: read() for name, read in look.items()} == plain
    assert page.evaluate("() => Object.keys(localStorage).filter((one) => /reading|theme/.test(one))") == []


@LANGUAGES
def test_notes_beside_their_lines_never_overlap(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language)
    visitor.ready(page)

    for value in ("small", "normal", "largest"):
        choose(page, "textSize", value)
        page.evaluate("() => document.fonts.ready")
        page.wait_for_function(f"() => ({OVERLAP})() <= 0")
        again(page)
        page.wait_for_function(f"() => ({OVERLAP})() <= 0")


@LANGUAGES
@SIZES
def test_the_foot_has_every_note_with_a_way_there_and_back(
    windows: Windows, language: str, size: dict[str, int]
) -> None:
    page = windows.open(RELEASE, language=language, size=size)
    visitor.ready(page)
    ids = page.locator("[data-notes] > .note").evaluate_all("all => all.map((one) => one.id)")
    content = page.evaluate(SHOWN)

    choose(page, "notesAt", "foot")
    again(page)

    notes = page.locator("[data-notes] > .note")
    expect(notes).to_have_count(len(ids))
    expect(notes.first).to_be_visible()
    marks = page.locator("#text a.note-number")
    expect(marks.first).to_be_visible()
    assert notes.evaluate_all("all => all.map((one) => one.id)") == ids
    numbers = [int(number) for number in page.evaluate(NUMBERS)]
    assert numbers == sorted(numbers)
    shown = marks.evaluate_all("all => all.map((one) => one.dataset.number)")
    # References from elsewhere have a star; what is on a picture or in a film has its number there.
    on_words = page.locator("[data-notes] > .note:has(> .note__quote)")
    assert len(shown) == on_words.count()
    assert sorted(shown) == sorted(
        on_words.evaluate_all(
            "all => all.map((one) => one.querySelector('.note__head > .numeric')?.textContent ?? '*')"
        )
    )
    top = page.locator("[data-notes]").bounding_box()
    text = page.locator("#text").bounding_box()
    assert top
    assert text
    assert top["y"] >= text["y"] + text["height"]

    last = marks.last
    target = str(last.get_attribute("href"))
    last.click()
    expect(page.locator(target)).to_be_in_viewport()
    expect(page.locator(target)).to_be_focused()
    assert page.url.endswith(target)
    page.locator(f"{target} .note__back").click()
    expect(last).to_be_in_viewport()
    assert page.evaluate(SHOWN) == content

    choose(page, "notesAt", "beside")
    expect(marks).to_have_count(0)
    assert page.evaluate(SHOWN) == content
    assert page.evaluate("() => [...CSS.highlights.values()].some((one) => one.size > 0)")


def test_an_address_of_a_passage_is_the_same_whatever_is_chosen(windows: Windows) -> None:
    page = windows.open(RELEASE)
    copied = []
    for value in ("beside", "foot"):
        visitor.ready(page)
        choose(page, "notesAt", value)
        block = page.locator("#text p.block", has=page.locator(".count")).last
        block.scroll_into_view_if_needed()
        # The last word of a block that has notes stands after every number in it.
        page.evaluate(
            """block => { const range = document.createRange(); range.selectNodeContents(block);
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT); let last;
            while (walker.nextNode()) if (walker.currentNode.data.trim()) last = walker.currentNode;
            range.setStart(last, Math.max(0, last.data.trimEnd().length - 4)); range.setEnd(last, last.data.length);
            getSelection().removeAllRanges(); getSelection().addRange(range); }""",
            block.element_handle(),
        )
        page.locator('.selection-toolbar [data-action="copy"]').click()
        expect(page.locator("#toasts .toast")).to_be_visible()
        copied.append(page.evaluate("() => navigator.clipboard.readText()"))
        again(page)

    assert "#at-" in copied[0]
    assert copied[0] == copied[1]


@LANGUAGES
def test_the_panel_holds_every_note_and_follows_the_screen(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language)
    visitor.ready(page)
    count = page.locator("[data-notes] > .note").count()

    choose(page, "notesAt", "panel")
    again(page)

    panel = page.locator("[data-notes]")
    expect(panel.locator("> .note")).to_have_count(count)
    page.locator("#text .block").last.scroll_into_view_if_needed()
    here = panel.locator("> .note--here")
    expect(here.first).to_be_in_viewport()
    box = panel.bounding_box()
    assert box
    assert box["height"] <= WIDE["height"]
    expect(panel.locator("> .note").first).not_to_be_in_viewport()


@pytest.mark.parametrize("place", ["beside", "panel", "foot"])
@SIZES
def test_the_address_of_a_note_leads_to_it(windows: Windows, place: str, size: dict[str, int]) -> None:
    page = windows.open(RELEASE, size=size)
    visitor.ready(page)
    if size == WIDE or place != "panel":
        choose(page, "notesAt", place)
    card = page.locator("[data-notes] > .note:has(> .note__quote)").nth(4)
    ident = str(card.get_attribute("data-note"))
    words = str(card.locator(".note__quote a").text_content())

    for address in (f"?note={ident}#note-{ident}", f"#note-{ident}"):
        page.goto("about:blank")
        page.goto(f"/en/{RELEASE}{address}")
        visitor.ready(page)
        opened_note = page.locator(
            f"[data-notes] .note[data-note='{ident}'][aria-current=true], .notes-popover .note, .notes-sheet .note"
        ).locator("visible=true")
        expect(opened_note.last).to_be_in_viewport()
        expect(opened_note.last.locator(".note__quote")).to_contain_text(words)


@pytest.mark.parametrize("place", ["beside", "panel", "foot"])
def test_every_note_is_on_paper_wherever_it_stands(windows: Windows, place: str) -> None:
    page = windows.open(RELEASE)
    visitor.ready(page)
    choose(page, "notesAt", place)
    count = page.locator("[data-notes] > .note").count()

    page.emulate_media(media="print")
    # The width of A4, and that of a sheet laid on its side.
    for width in (700, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        notes = page.locator("[data-notes] > .note").locator("visible=true")
        expect(notes).to_have_count(count)
        text = page.locator("#text").bounding_box()
        boxes = notes.evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map(({top, bottom, left, right}) => [top + scrollY, bottom + scrollY, left, right])"
        )
        assert text
        assert all(box[0] >= text["y"] + text["height"] for box in boxes)
        assert not [
            (a, b)
            for n, a in enumerate(boxes)
            for b in boxes[n + 1 :]
            if a[0] < b[1] - 1 and b[0] < a[1] - 1 and a[2] < b[3] - 1 and b[2] < a[3] - 1
        ]
        cut = notes.evaluate_all("all => all.filter((one) => one.scrollHeight > one.clientHeight + 2).length")
        assert cut == 0
    expect(page.locator("[data-reading-options]")).to_be_hidden()
    # What only a screen can use is not printed, nor an empty sheet after the last words.
    for useless in ("#download", "#cite-embed", ".site-footer"):
        expect(page.locator(useless)).to_be_hidden()
    expect(page.locator("[data-cite-words]")).to_be_visible()
    # On paper the passages are numbered for the notes wherever these stand on the screen, and the text has no letter more.
    content = page.evaluate(SHOWN)
    page.wait_for_function(
        "() => { dispatchEvent(new Event('beforeprint')); return document.querySelector('.note-number'); }"
    )
    assert page.evaluate(SHOWN) == content
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert (page.locator(".note-number").count() > 0) == (place == "foot")


def offer(page: Page) -> Locator:
    """Return the offer to go on."""
    return page.locator(".stopped")


def read_on(page: Page, block: int) -> str:
    """Scroll until a block stands in the upper part of the window and is kept; return its first letters."""
    expect(page.locator("[data-reading-options]")).to_have_attribute("aria-expanded", re.compile("false"))
    before = page.evaluate("() => localStorage.getItem('hashiya.places')")
    words = page.locator("#text p.block").nth(block)
    words.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - innerHeight / 3 + 10)")
    page.wait_for_function("before => localStorage.getItem('hashiya.places') !== before", arg=before)
    return str(words.text_content())[:12]


@LANGUAGES
@SIZES
def test_the_place_is_offered_and_never_jumped_to(
    windows: Windows, language: str, size: dict[str, int]
) -> None:
    page = windows.open(RELEASE, language=language, size=size)
    visitor.ready(page)
    expect(offer(page)).to_have_count(0)
    words = read_on(page, 6)

    page.goto("about:blank")
    page.goto(f"/{language}/{RELEASE}")
    expect(offer(page)).to_be_visible()
    assert page.evaluate("() => scrollY") == 0
    expect(offer(page)).to_contain_text(
        "Continue where you stopped" if language == "en" else "تابع من حيث توقّفت"
    )
    offer(page).get_by_role("link").click()

    expect(page.locator("#text .block", has_text=words).first).to_be_in_viewport()
    assert "#at-" in page.url
    expect(offer(page)).to_have_count(0)
    # An address that leads into the text is not asked about.
    page.goto("about:blank")
    page.goto(f"/{language}/{RELEASE}#b2")
    expect(page.locator("[data-reading-options]")).to_have_attribute("aria-expanded", "false")
    expect(offer(page)).to_have_count(0)


def test_the_place_is_forgotten_when_it_is_dismissed_and_at_the_end(windows: Windows) -> None:
    page = windows.open(RELEASE)
    read_on(page, 6)
    page.goto("about:blank")
    page.goto(f"/en/{RELEASE}")
    offer(page).get_by_role("button", name="Forget this place").click()
    expect(offer(page)).to_have_count(0)
    assert page.evaluate("() => localStorage.getItem('hashiya.places')") is None

    page.goto("about:blank")
    page.goto(f"/en/{RELEASE}")
    read_on(page, 6)
    assert page.evaluate("() => localStorage.getItem('hashiya.places')") is not None
    # Who goes to what stands below the text means to come back.
    page.locator("#indexes").evaluate("one => one.scrollIntoView()")
    kept = page.evaluate("() => localStorage.getItem('hashiya.places')")
    assert kept is not None
    page.locator("#text").evaluate("one => one.scrollIntoView({block: 'end'})")
    page.wait_for_function("() => localStorage.getItem('hashiya.places') === null")


def test_no_place_is_kept_of_who_does_not_want_it(windows: Windows) -> None:
    page = windows.open(RELEASE)
    read_on(page, 6)

    opened(page).locator("input[data-choice=place]").uncheck()

    # What forgets comes with a script of its own, a moment after the choice.
    page.wait_for_function("() => localStorage.getItem('hashiya.places') === null")
    again(page)
    page.locator("#text p.block").nth(6).scroll_into_view_if_needed()
    expect(opened(page).locator("input[data-choice=place]")).not_to_be_checked()
    assert page.evaluate("() => localStorage.getItem('hashiya.places')") is None


@LANGUAGES
def test_the_theme_holds_on_every_public_page_before_it_is_painted(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language)
    choose(page, "theme", "dark")

    for path in ("", "catalogue/", "about/", "terms/"):
        page.goto(f"/{language}/{path}")
        assert page.evaluate(ROOT, "theme") == "dark"
        expect(page.locator("[data-theme-toggle]")).to_have_attribute("aria-pressed", "true")
    # The script that sets it stands before the style sheet, and the browser waits for it.
    script = page.locator("head > script[src*='theme']")
    assert script.evaluate("one => !one.async && !one.defer && one.type === ''")
    assert script.evaluate(
        "one => Boolean(one.compareDocumentPosition(document.querySelector('head > link[rel=stylesheet]')) & 4)"
    )


@LANGUAGES
def test_the_options_have_no_grave_fault(windows: Windows, language: str) -> None:
    page = windows.open(RELEASE, language=language)
    visitor.ready(page)
    # Beside their lines, notes are looked at with all other pages.
    choose(page, "notesAt", "foot")
    found = faults(page, language)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    choose(page, "notesAt", "panel")
    page.evaluate(AT_REST)
    found += page.evaluate(RUN)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        opened(page)
        page.evaluate(AT_REST)
        found += page.evaluate(RUN)
        assert page.evaluate(visitor.OVERHANG) <= 0
    # What was a popover on the wide screen is a sheet now, along the bottom edge.
    box = page.locator(".reading-options").bounding_box()
    assert box
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, NARROW["width"], NARROW["height"])

    assert found == []


def test_the_options_are_reached_and_left_by_keys(windows: Windows) -> None:
    page = windows.open(RELEASE)
    button = page.locator("[data-reading-options]")
    expect(button).to_have_attribute("aria-expanded", "false")

    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Reading options")
    expect(panel).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("group", name="Notes").get_by_role("radio", checked=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(panel.get_by_role("radio", name="In a panel")).to_be_checked()
    assert page.evaluate(ROOT, "notesAt") == "panel"
    page.keyboard.press("Escape")

    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_without_script_no_dead_control_is_shown(windows: Windows) -> None:
    page = windows.open(RELEASE, javascript=False)

    expect(page.locator("[data-reading-options]")).to_be_hidden()
    expect(page.locator("[data-notes] > .note").first).to_be_visible()


def test_choices_last_for_the_page_where_storage_is_refused(windows: Windows) -> None:
    page = windows.open("about/")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.goto(f"/en/{RELEASE}")
    visitor.ready(page)

    choose(page, "notesAt", "foot")
    choose(page, "theme", "dark")

    expect(page.locator("#text a.note-number").first).to_be_visible()
    assert page.evaluate(ROOT, "theme") == "dark"
    assert page.evaluate(SHOWN) == page.evaluate(SERVED)


@LANGUAGES
def test_the_page_of_a_work_has_what_concerns_its_text(windows: Windows, language: str) -> None:
    page = windows.open("works/the-road-to-the-water/", language=language)
    plain = float(style(page, "#text", "fontSize")[:-2])

    panel = opened(page)
    expect(panel.locator("input[name=reading-notesAt]")).to_have_count(0)
    expect(panel.locator("input[data-choice=place]")).to_have_count(0)
    panel.locator("input[name=reading-textSize][value=larger]").check()

    page.wait_for_function(
        "size => parseFloat(getComputedStyle(document.querySelector('#text')).fontSize) > size",
        arg=plain * 1.3,
    )
    page.goto(f"/{language}/{RELEASE}")
    assert page.evaluate(ROOT, "textSize") == "larger"
