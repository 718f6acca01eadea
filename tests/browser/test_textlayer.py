"""The text layer in a real browser: painting, opening, selecting, under the policy of production."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, expect

from archive.presenters.article import Extras, render_article
from tests.browser.pages import (
    AT_REST,
    HIGHLIGHTS,
    IN_MIDDLE,
    POINT,
    STILL,
    drag,
    open_page,
    point,
    selected,
)
from tests.browser.textlayer_site import FRONTEND, FixtureText, Site, crowded, harbor, serve
from tests.browser.visitor import OVERHANG

pytestmark = pytest.mark.browser


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site(harbor())) as served:
        yield served


def test_page_text_is_the_content_of_the_revision(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")

    assert (
        page.evaluate("() => document.querySelector('article[data-text-id]').textContent")
        == site.text.content
    )
    assert page.said == []  # type: ignore[attr-defined]


def test_notes_are_painted_in_depths_and_lanes_beside_the_text(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")

    page.wait_for_function("() => CSS.highlights.has('hashiya-3')")
    painted = page.evaluate(HIGHLIGHTS)
    assert painted["hashiya-3"] == 1
    assert painted["hashiya-line-dispute-3"] == 1
    assert page.locator("article[data-text-id] mark, article[data-text-id] span").count() == 0


def test_click_on_three_overlapping_notes_lists_them_shortest_first(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")

    page.mouse.click(*point(page, "الثلاثة التي"))

    popup = page.get_by_role("dialog", name="3 حواشٍ هنا")
    expect(popup.locator(".note__quote")).to_have_text([
        "الثلاثة",
        "المخازن الثلاثة التي بُنيت شرقيّ السوق",
        "المخازن الثلاثة التي بُنيت شرقيّ السوق. ولم يذكر المنارة",
    ])  # fmt: skip
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)


def test_two_notes_are_counted_in_the_dual(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")

    page.mouse.click(*point(page, "ليلة السابع"))

    expect(page.get_by_role("dialog", name="حاشيتان هنا")).to_be_visible()


def test_click_on_one_note_chooses_its_card_in_the_margin(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")

    page.mouse.click(*point(page, "London"))

    expect(page.locator('[data-notes] .note[aria-current="true"] .note__quote')).to_have_text("London")
    assert page.evaluate(HIGHLIGHTS)["hashiya-active"] == 1
    assert page.get_by_role("dialog").count() == 0


def test_click_beside_the_notes_opens_nothing(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")

    page.mouse.click(*point(page, "واحدًا، ووصف"))

    assert page.get_by_role("dialog").count() == 0
    assert page.locator('.note[aria-current="true"]').count() == 0


def test_notes_stand_beside_their_lines_and_never_overlap(chromium: Browser) -> None:
    text = harbor()
    sparse = FixtureText({**text.data, "notes": text.data["notes"][:6]})
    with serve(Site(sparse)) as site:
        page = open_page(chromium, site, "reader")
        expect(page.locator(".reader__margin--placed .note")).to_have_count(6)
        page.wait_for_function(AT_REST)
        boxes = [note.bounding_box() for note in page.locator("[data-notes] .note").all()]

    edges = sorted((box["y"], box["y"] + box["height"]) for box in boxes if box)
    assert all(upper[1] < lower[0] for upper, lower in pairwise(edges))


def test_phone_shows_the_notes_of_a_tap_in_a_sheet(chromium: Browser, site: Site) -> None:
    page = open_page(
        chromium, site, "reader", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )

    page.touchscreen.tap(*point(page, "الثلاثة التي"))

    sheet = page.locator(".sheet")
    expect(sheet.locator(".note")).to_have_count(3)
    page.wait_for_function(AT_REST)
    box = sheet.bounding_box()
    assert box is not None
    assert round(box["y"] + box["height"]) == 844
    assert box["width"] <= 390
    assert page.locator("[data-notes]").is_hidden()
    sheet.get_by_role("button", name="إغلاق").click()
    expect(sheet).to_have_count(0)


def test_address_of_a_note_that_is_not_here_is_told_once(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader", "#note-nobody")
    told = page.locator("[data-unknown-note]")

    expect(told).to_contain_text("يذكر العنوان حاشيةً ليست هنا.")
    page.evaluate("() => { location.hash = '#note-nobody-else'; }")
    page.evaluate("() => { location.hash = '#note-n11'; }")
    page.wait_for_function("() => CSS.highlights.has('hashiya-active')")

    expect(told).to_have_count(1)


def test_address_of_a_note_brings_it_to_a_third_of_the_screen(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader", "#note-n11", viewport={"width": 1280, "height": 500})

    expect(page.locator("#announcer")).to_have_text("حاشية على «تسعة بيوت ومخزنان»")
    page.wait_for_function(STILL)
    _, y = point(page, "تسعة بيوت")
    assert 60 < y < 300
    assert page.evaluate(HIGHLIGHTS)["hashiya-active"] == 1


def test_keys_walk_from_note_to_note(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")
    current = page.locator('[data-notes] .note[aria-current="true"] .note__quote')

    page.keyboard.press("j")
    expect(current).to_have_text("أمينُ الميناء")
    page.keyboard.press("j")
    expect(current).to_have_text("اليوم الثالث من نيسان عام 1911")
    page.keyboard.press("k")
    expect(current).to_have_text("أمينُ الميناء")


def test_ten_thousand_notes_are_painted_near_the_screen_only(chromium: Browser) -> None:
    with serve(Site(crowded())) as site:
        page = open_page(chromium, site, "reader")
        page.wait_for_function("() => CSS.highlights.has('hashiya-1')")
        at_top = sum(page.evaluate(HIGHLIGHTS).values())
        page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight / 2)")
        page.wait_for_function(IN_MIDDLE)
        in_middle = sum(page.evaluate(HIGHLIGHTS).values())

    assert 20 < at_top < 1_500
    assert 20 < in_middle < 2_500


def test_crowded_text_keeps_its_list_where_the_foot_was_chosen(chromium: Browser) -> None:
    with serve(Site(crowded(words=3_000, notes=600))) as site:
        page = open_page(chromium, site, "reader")
        notes = page.locator(".reader__margin--list .note")
        expect(notes.first).to_be_visible()

        page.evaluate("() => { document.documentElement.dataset.notesAt = 'foot'; }")

        # The page is laid out for what it shows, and the options say why.
        page.wait_for_function("() => document.documentElement.dataset.notesAt === 'panel'")
        assert page.evaluate("() => 'notesCrowded' in document.documentElement.dataset")
        expect(notes.first).to_be_visible()
        assert page.locator(".note-number").count() == 0


def test_crowded_text_gets_a_list_of_what_is_on_the_screen(chromium: Browser) -> None:
    with serve(Site(crowded(words=3_000, notes=600))) as site:
        page = open_page(chromium, site, "reader")
        notes = page.locator(".reader__margin--list .note")
        expect(notes.first).to_be_visible()

        assert notes.count() < 200


def test_page_that_was_rewritten_says_why_it_shows_no_notes(chromium: Browser, site: Site) -> None:
    site.text.data["revision"] = 3
    page = chromium.new_context().new_page()
    page.route(
        "**/pages/reader",
        lambda route: route.fulfill(
            response=(answer := route.fetch()), body=answer.text().replace("كَتَبَ أمينُ", "wrote the")
        ),
    )

    page.goto(f"{site.url}/pages/reader")

    expect(page.get_by_text("أُعيدت كتابة").or_(page.get_by_text("تغيّر نصّ هذه الصفحة"))).to_be_visible()


def test_browser_without_highlights_is_offered_the_marked_page(chromium: Browser, site: Site) -> None:
    context = chromium.new_context()
    context.add_init_script("delete globalThis.Highlight")
    page = context.new_page()

    page.goto(f"{site.url}/pages/reader")

    link = page.get_by_role("link", name="عرض الصفحة وحواشيها معلَّمة")
    expect(link).to_have_attribute("href", "?marked=1")


def test_mouse_selection_over_two_paragraphs_is_one_passage(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")

    drag(page, "قي الدخان", "واة في", 1)

    expect(page.get_by_role("toolbar", name="الموضع المحدَّد")).to_be_visible()
    assert selected(page) == "وبقي الدخان فوق البلدة ثلاثة أيام.\nاختلف الرواة"


def test_nudges_move_the_edges_word_by_word(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.mouse.dblclick(*point(page, "المنارة إلا"))
    toolbar = page.locator(".selection-toolbar")
    expect(toolbar).to_be_visible()

    toolbar.get_by_role("button", name="تقديم البداية").click()
    toolbar.get_by_role("button", name="تأخير النهاية").click()
    assert selected(page) == "يذكر المنارة إلا"
    toolbar.get_by_role("button", name="تأخير البداية").click()
    assert selected(page) == "المنارة إلا"
    toolbar.get_by_role("button", name="التحديد بالحروف").click()
    toolbar.get_by_role("button", name="تقديم النهاية").click()
    assert selected(page) == "المنارة إل"


def test_on_a_phone_no_button_of_the_bar_lies_outside_the_page(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.set_viewport_size({"width": 390, "height": 844})

    page.mouse.dblclick(*point(page, "المنارة إلا"))

    toolbar = page.locator(".selection-toolbar")
    expect(toolbar).to_be_visible()
    for box in [button.bounding_box() for button in toolbar.get_by_role("button").all()]:
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_keyboard_caret_walks_selects_and_opens_the_tools(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")

    page.keyboard.press("c")
    expect(page.locator(".caret")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.keyboard.press("Shift+Control+ArrowLeft")
    assert selected(page) == "كَتَبَ أمينُ"
    expect(page.locator("#announcer")).to_have_text("المحدَّد: كَتَبَ أمينُ")
    page.keyboard.press("Enter")

    expect(page.locator(".selection-toolbar button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".selection-toolbar")).to_be_hidden()
    expect(page.locator("article[data-text-id]")).to_be_focused()


def test_keyboard_caret_moves_by_eye_in_both_directions(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    caret = page.locator(".caret")
    page.keyboard.press("c")
    page.mouse.click(*point(page, "من London", 2))
    x = [caret.bounding_box()["x"]]  # type: ignore[index]
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
        x.append(caret.bounding_box()["x"])  # type: ignore[index]

    assert all(later < earlier for earlier, later in pairwise(x))


def test_shift_arrow_takes_a_letter_with_its_vowel_mark(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.keyboard.press("c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")

    page.keyboard.press("Shift+ArrowLeft")

    assert selected(page) == "كَ"


def test_touch_selection_gets_a_bar_at_the_bottom_edge(chromium: Browser, site: Site) -> None:
    page = open_page(
        chromium, site, "workbench", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page.touchscreen.tap(*point(page, "هذا الدفتر"))
    page.evaluate("""() => {
      const node = document.querySelector("#b1").firstChild;
      const at = node.data.indexOf("الدفتر");
      getSelection().setBaseAndExtent(node, at + 2, node, at + 9);
    }""")

    toolbar = page.locator(".selection-toolbar.toolbar--bottom")
    expect(toolbar).to_be_visible()
    assert page.evaluate(HIGHLIGHTS)["hashiya-pending"] == 1
    assert selected(page) == "دفتر بخ"
    box = toolbar.bounding_box()
    assert box is not None
    assert round(box["y"] + box["height"]) == 844
    toolbar.get_by_role("button", name="حاشية").tap()
    expect(page.locator("note-composer .note__quote")).to_have_text("الدفتر بخطّ")


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_bar_on_a_phone_has_no_line_between_its_rows(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench", **PHONE)

    page.touchscreen.tap(*point(page, "هذا الدفتر"))
    page.evaluate("""() => getSelection().selectAllChildren(document.querySelector("#b1"))""")

    expect(page.locator(".toolbar--bottom")).to_be_visible()
    expect(page.locator(".toolbar__separator")).to_be_hidden()


@pytest.mark.parametrize("name", ["reader", "workbench"])
def test_sheet_leaves_in_sight_the_words_that_were_tapped(chromium: Browser, site: Site, name: str) -> None:
    page = open_page(chromium, site, name, **PHONE)
    noted = site.text.notes[6]["exact"][:6]
    page.evaluate(f"(place) => scrollBy(0, ({POINT})(place)[1] - 700)", [noted, 0])
    page.wait_for_function(STILL)

    page.touchscreen.tap(*point(page, noted))

    sheet = page.locator(".notes-sheet")
    expect(sheet).to_be_visible()
    page.wait_for_function(
        f"(place) => ({POINT})(place)[1] + 12"
        " < document.querySelector('.notes-sheet').getBoundingClientRect().top",
        arg=[noted, 0],
    )
    assert point(page, noted)[1] > 60


def test_escape_lets_go_of_a_selection(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    drag(page, "المنارة إلا", "مرّة واحدة", 3)
    expect(page.locator(".selection-toolbar")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator(".selection-toolbar")).to_be_hidden()
    assert selected(page) == ""


def test_reader_copies_the_lasting_address_of_a_passage(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_selector(".selection-toolbar", state="attached")
    page.mouse.dblclick(*point(page, "المنارة إلا"))

    page.locator('.selection-toolbar [data-action="copy"]').click()

    expect(page.locator("#toasts")).to_have_text("نُسخ الرابط.")
    # What is said again takes the place of what was said.
    page.locator('.selection-toolbar [data-action="copy"]').click()
    expect(page.locator("#toasts .toast")).to_have_count(1)
    start = site.text.content.index("المنارة إلا")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{site.url}/editions/harbor/1/#at-{start}-{start + 7}"


def test_reader_copies_a_quotation_with_its_source(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_selector(".selection-toolbar", state="attached")
    page.mouse.dblclick(*point(page, "المنارة إلا"))

    page.get_by_role("button", name="نسخ الاقتباس مع مصدره").click()

    expect(page.locator("#toasts")).to_have_text("نُسخ الاقتباس مع مصدره.")
    start = site.text.content.index("المنارة إلا")
    assert page.evaluate("() => navigator.clipboard.readText()") == (
        "«المنارة»\n«دفتر الميناء القديم»، حقّقته ليلى حدّاد، الإصدار 1. "
        f"{site.url}/editions/harbor/1/#at-{start}-{start + 7}"
    )


def test_page_that_does_not_say_how_it_is_cited_offers_no_quotation(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.mouse.dblclick(*point(page, "المنارة إلا"))

    toolbar = page.locator(".selection-toolbar")
    expect(toolbar.locator('[data-action="copy"]')).to_be_visible()
    expect(toolbar.locator('[data-action="quote"]')).to_have_count(0)


def test_device_that_shares_is_given_the_words_and_the_lasting_address(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader", **PHONE)
    page.evaluate(
        "() => { navigator.share = (given) => { window.given = given; return Promise.resolve(); }; }"
    )
    page.evaluate("""() => { const node = document.querySelector("#b1").firstChild;
      const at = node.data.indexOf("الدفتر"); getSelection().setBaseAndExtent(node, at, node, at + 6); }""")

    page.get_by_role("button", name="مشاركة هذا الموضع").click()

    given = page.evaluate("() => window.given")
    assert given["text"] == "الدفتر"
    assert re.fullmatch(rf"{site.url}/editions/harbor/1/#at-\d+-\d+", given["url"])


def test_wide_table_and_poem_are_read_whole_on_a_phone(chromium: Browser, site: Site) -> None:
    cells = [f"عمودٌطويل{number}" for number in range(14)]
    row = [["table", "1", {}], ["row", "1.1", {}]]
    page = open_page(chromium, site, "reader", **PHONE)
    blocks, content = [], ""
    for number, words in enumerate([*cells, "كلمة " * 40]):
        is_cell = number < len(cells)
        attrs = {"container": [*row, ["cell", f"1.1.{number}", {}]]} if is_cell else {}
        start, content = len(content), f"{content}{words}\n"
        blocks.append({"kind": "table" if is_cell else "verse", "path": str(number + 1), "level": None, "attrs": attrs,
                       "start": start, "end": start + len(words)})  # fmt: skip
    written = render_article(content=content, blocks=blocks, marks=[], extras=Extras())
    page.evaluate("html => document.querySelector('#text').insertAdjacentHTML('afterbegin', html)", written)

    assert page.evaluate(OVERHANG) <= 0
    last = page.locator("#text td").last
    expect(last).not_to_be_in_viewport()
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=0.9)
    assert page.locator("#text .block--verse").evaluate("one => one.scrollWidth <= one.clientWidth")


def test_phone_that_is_turned_gets_its_margin(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "reader", viewport={"width": 390, "height": 844})
    assert page.locator("[data-notes]").is_hidden()

    page.set_viewport_size({"width": 1280, "height": 844})

    expect(page.locator("[data-notes] .note").first).to_be_visible()


def test_script_of_the_reading_page_weighs_less_than_eleven_kilobytes(site: Site) -> None:
    needed, waiting = set(), ["src/entries/reader.ts"]
    while waiting:
        chunk = site.manifest[waiting.pop()]
        needed.add(chunk["file"])
        waiting += [one for one in chunk.get("imports", []) if site.manifest[one]["file"] not in needed]

    weight = sum(len(gzip.compress((FRONTEND / "dist" / file).read_bytes(), 9)) for file in needed)

    # Ten were promised; notes on pictures and films, and what changed, brought the rest (docs/status.md).
    assert weight <= 10_700
