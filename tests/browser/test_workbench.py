"""Writing notes in the workbench: nothing typed is lost, whatever the server or the person does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import (
    AT_REST,
    HIGHLIGHTS,
    drag,
    open_page,
    point,
    selected,
)
from tests.browser.textlayer_site import Site, harbor, serve

pytestmark = pytest.mark.browser


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site(harbor())) as served:
        yield served


COMPOSER = "note-composer form"
BODY = "note-composer textarea"

#: The middle of a paragraph in the middle of the window.
FIRST_SEEN = """() => [...document.querySelectorAll("article[data-text-id] p")]
  .map((one) => one.getBoundingClientRect()).filter((box) => box.top > 150 && box.top < 400)
  .map((box) => [Math.round(box.x + box.width / 2), Math.round(box.y + 12)])[0]"""


def sent(site: Site, method: str, path: str) -> list[object]:
    return [body for verb, where, body in site.requests if verb == method and where.startswith(path)]


def compose(page: Page, words: str = "المنارة إلا", key: str = "n") -> None:
    """Select a word by a double click and open the composer by its key."""
    page.mouse.dblclick(*point(page, words))
    expect(page.locator(".selection-toolbar")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(COMPOSER)).to_be_visible()


def painted(page: Page, name: str) -> int:
    size: int = page.evaluate(HIGHLIGHTS).get(name, 0)
    return size


def test_note_is_sent_with_its_place_in_code_points(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    drag(page, "قي الدخان", "واة في", 1)
    page.locator('.selection-toolbar [data-action="note"]').click()
    page.locator(BODY).fill("دخان الحريق")

    page.keyboard.press("Control+Enter")

    expect(page.locator("note-card .note__body", has_text="دخان الحريق")).to_be_visible()
    expect(page.locator(COMPOSER)).to_have_count(0)
    expect(page.locator("[data-note-count]")).to_have_text("13 حاشيةً")
    body = sent(site, "POST", "/api/annotations")[0]
    assert isinstance(body, dict)
    exact = "وبقي الدخان فوق البلدة ثلاثة أيام.\nاختلف الرواة"
    start = site.text.content.index(exact)
    assert (body["start"], body["end"], body["exact"]) == (start, start + len(exact), exact)
    assert body["prefix"] == site.text.content[start - 32 : start]
    assert body["revision"] == 3
    assert body["idempotency_key"]


def test_what_the_keyboard_marked_is_annotated_by_n_alone(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.keyboard.press("c")
    expect(page.locator(".caret")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+Control+ArrowLeft")

    page.keyboard.press("n")

    expect(page.locator("note-composer")).to_be_visible()


def note_by_keyboard(page: Page, words: str) -> None:
    """Write a note in the keyboard mode, which stays on."""
    page.keyboard.press("c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator(BODY).fill(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator(COMPOSER)).to_have_count(0)


def test_mouse_selects_as_ever_while_the_keyboard_mode_is_on(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    note_by_keyboard(page, "من لوحة المفاتيح")

    page.mouse.dblclick(*point(page, "المنارة إلا"))

    expect(page.locator(".selection-toolbar")).to_be_visible()
    page.keyboard.press("n")
    page.locator(BODY).fill("بالفأرة")
    page.keyboard.press("Control+Enter")
    expect(page.locator("note-card .note__body", has_text="بالفأرة")).to_be_visible()
    last = sent(site, "POST", "/api/annotations")[-1]
    assert isinstance(last, dict)
    assert last["exact"] == "المنارة"


def test_selection_ends_below_a_message_as_if_it_were_not_there(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, "هرع الناس")
    page.locator(BODY).fill("محفوظة")
    page.keyboard.press("Control+Enter")
    toast = page.locator(".toast")
    expect(toast).to_be_visible()
    page.wait_for_function(AT_REST)
    box = toast.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    under = page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", [x, y])

    assert "toast" not in under


def test_keyboard_goes_on_from_what_the_mouse_selected(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.keyboard.press("c")
    page.mouse.dblclick(*point(page, "المنارة إلا"))
    expect(page.locator(".selection-toolbar")).to_be_visible()

    page.keyboard.press("Shift+Control+ArrowLeft")
    page.keyboard.press("n")

    expect(page.locator("note-composer .note__quote")).to_have_text("المنارة إلا")


def test_saving_leaves_the_keyboard_in_its_mode_with_nothing_selected(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    note_by_keyboard(page, "الأولى")
    expect(page.locator("article[data-text-id]")).to_be_focused()

    page.keyboard.press("n")
    expect(page.locator(COMPOSER)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.keyboard.press("n")

    expect(page.locator(BODY)).to_be_focused()


def test_escape_leaves_the_keyboard_mode_from_anywhere(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.keyboard.press("c")
    page.evaluate("() => document.activeElement.blur()")

    page.keyboard.press("Escape")

    expect(page.locator(".caret")).to_be_hidden()
    assert page.locator("article[data-text-id]").get_attribute("tabindex") is None


def test_press_of_the_mouse_does_not_scroll_to_where_the_keyboard_was(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench", viewport={"width": 1280, "height": 500})
    page.keyboard.press("c")
    page.keyboard.press("Control+Home")
    page.evaluate("() => { document.activeElement.blur(); scrollTo({ top: 900, behavior: 'instant' }) }")
    page.wait_for_function("() => scrollY > 600")
    before = page.evaluate("scrollY")
    x, y = page.evaluate(FIRST_SEEN)

    page.mouse.click(x, y)

    assert page.evaluate("scrollY") == before


def test_the_others_of_a_selection_are_found_on_their_page(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.mouse.dblclick(*point(page, "المنارة إلا"))
    start = site.text.content.index("المنارة إلا")

    with page.expect_request("**/en/desk/others/**") as asked:
        page.locator('.selection-toolbar [data-action="others"]').click()

    assert asked.value.url.endswith(f"?text=t1&at={start}-{start + len('المنارة')}")


def test_note_is_painted_before_the_server_answers(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, "هرع الناس")
    page.locator(BODY).fill("قبل الجواب")
    before = painted(page, "hashiya-line-note")
    held = []
    page.route("**/api/annotations", lambda route: held.append(route))

    page.keyboard.press("Control+Enter")

    page.wait_for_function("(before) => CSS.highlights.get('hashiya-line-note').size > before", arg=before)
    expect(page.locator(BODY)).to_have_value("قبل الجواب")
    held[0].continue_()
    expect(page.locator(COMPOSER)).to_have_count(0)


def test_laptop_closed_in_the_middle_of_a_sentence_finds_it_again(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page)
    page.locator(BODY).press_sequentially("لم يذكر المنارة غير")
    expect(page.locator(".save-state")).to_contain_text("المسودّة محفوظة")

    page.evaluate("() => localStorage.clear()")
    page.reload()

    expect(page.locator(BODY)).to_have_value("لم يذكر المنارة غير")
    expect(page.get_by_text("كنتَ تكتب هذه الحاشية")).to_be_visible()
    page.wait_for_function("() => CSS.highlights.get('hashiya-pending')?.size === 1")


def test_draft_outlives_a_server_that_does_not_answer(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.route("**/api/drafts/**", lambda route: route.abort())
    compose(page)
    page.locator(BODY).fill("كُتب بلا اتصال")
    expect(page.locator(".save-state")).to_contain_text("محفوظة في هذا المتصفّح")
    assert site.drafts == {}

    page.reload()

    expect(page.locator(BODY)).to_have_value("كُتب بلا اتصال")


def test_draft_of_a_saved_note_is_forgotten_everywhere(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page)
    page.locator(BODY).fill("تُحفظ")
    expect(page.locator(".save-state")).to_contain_text("المسودّة محفوظة")

    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.keyboard.press("Control+Enter")

    assert site.drafts == {}
    assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.includes('draft'))") == []


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ((409, {"detail": "…"}), "تغيّر النصّ منذ فُتحت هذه الصفحة"),
        ((422, {"errors": {"body": ["أطول من المسموح."]}}), "أطول من المسموح."),
        ((422, {"errors": {"place": ["أطول من أن تُحشّى."]}}), "أطول من أن تُحشّى."),
        ((422, {"errors": {"tags": ["لا وسم كهذا."], "group": ["لا مجموعة."]}}), "لا مجموعة."),
        ((428, {"detail": "…"}), "لم يعرف الخادم أيّ نسخة قرأت"),
        ((500, {}), "رفض الخادم هذا الطلب (500)"),
        ((401, {}), "انتهى دخولك"),
    ],
)
def test_refusal_is_told_in_words_and_the_text_kept(
    chromium: Browser, site: Site, failure: tuple[int, object], words: str
) -> None:
    page = open_page(chromium, site, "workbench")
    site.failures["POST", "/api/annotations"] = failure
    compose(page)
    page.locator(BODY).fill("لا يضيع")
    before = painted(page, "hashiya-line-note")

    page.keyboard.press("Control+Enter")

    expect(page.locator("note-composer")).to_contain_text(words)
    expect(page.locator(BODY)).to_have_value("لا يضيع")
    assert painted(page, "hashiya-line-note") == before


def test_rewritten_page_saves_nothing_and_says_why(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page)
    page.locator(BODY).fill("لا يضيع")
    page.evaluate("() => { document.querySelector('#b0').textContent = 'The old harbor ledger' }")

    page.keyboard.press("Control+Enter")

    expect(page.locator("note-composer [role=alert]")).to_contain_text("أُعيدت كتابة هذه الصفحة")
    assert sent(site, "POST", "/api/annotations") == []


def test_stale_revision_shows_both_versions_and_overwrites_only_when_told(
    chromium: Browser, site: Site
) -> None:
    page = open_page(chromium, site, "workbench")
    theirs = {**site.text.notes[6], "body_source": "نسخة الزميل", "version_id": "v-newer"}
    site.failures["PATCH", "/api/annotations/n6"] = (412, {"current": theirs, "detail": "…"})
    page.locator('note-card [data-note="n6"] [data-action="revise"]').click()
    page.locator(BODY).fill("نسختي أنا")

    page.keyboard.press("Control+Enter")

    expect(page.locator(".versions__body")).to_have_text(["نسخة الزميل", "نسختي أنا"])
    page.locator('[data-action="keep-mine"]').click()
    expect(page.locator(COMPOSER)).to_have_count(0)
    expect(page.locator('note-card [data-note="n6"] .note__body')).to_have_text("نسختي أنا")


def test_tag_is_found_from_the_other_language_and_changes_the_kind_only_when_told_to(
    chromium: Browser, site: Site
) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, key="t")
    field = page.get_by_role("combobox", name="الوسوم")
    expect(field).to_be_focused()

    field.press_sequentially("lighth")
    expect(page.get_by_role("option").first).to_contain_text("مَنارة البلدة")
    field.press("ArrowDown")
    field.press("Enter")

    expect(page.locator(".combobox__chips")).to_contain_text("مَنارة البلدة")
    expect(page.locator('input[name="category"][value="note"]')).to_be_checked()
    page.locator('[data-action="take-kind"]').click()
    expect(page.locator('input[name="category"][value="place"]')).to_be_checked()
    expect(page.locator('[data-action="take-kind"]')).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(COMPOSER)).to_have_count(0)
    body = sent(site, "POST", "/api/annotations")[0]
    assert isinstance(body, dict)
    assert body["tags"] == ["t2"]


def test_term_is_found_whatever_its_vowel_marks(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, key="t")

    page.get_by_role("combobox", name="الوسوم").press_sequentially("منارة")

    expect(page.get_by_role("option").first).to_contain_text("مَنارة البلدة")
    expect(page.get_by_role("option", name="إنشاء «منارة»")).to_be_visible()


def test_new_term_is_created_and_put_on_the_note(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, key="t")
    page.get_by_role("combobox", name="الوسوم").press_sequentially("باب السوق")
    page.get_by_role("option", name="إنشاء «باب السوق»").click()

    page.get_by_label("الاسم بالإنكليزية").fill("Market gate")
    page.get_by_role("button", name="إنشاء المصطلح").click()

    expect(page.locator(".combobox__chips")).to_contain_text("باب السوق")
    made = {"kind": "concept", "label_ar": "باب السوق", "label_en": "Market gate"}
    assert sent(site, "POST", "/api/terms") == [made]


def in_sight(page: Page, selector: str) -> bool:
    """Whether the middle of an element is what stands there on the screen."""
    seen: bool = page.evaluate(
        """(selector) => {
          const one = document.querySelector(selector);
          const box = one.getBoundingClientRect();
          return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
        }""",
        selector,
    )
    return seen


SMALL = {"width": 1280, "height": 720}


def test_form_of_a_new_term_takes_the_keyboard_and_gives_it_back(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench", viewport=SMALL)
    compose(page, key="t")
    field = page.get_by_role("combobox", name="الوسوم")
    field.press_sequentially("باب السوق")
    page.get_by_role("option", name="إنشاء «باب السوق»").click()

    kind = page.locator("new-term [name=kind]")
    expect(kind).to_be_focused()
    assert in_sight(page, "new-term [name=kind]")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Market gate")
    page.keyboard.press("Enter")
    expect(page.locator(".combobox__chips")).to_contain_text("باب السوق")
    expect(field).to_be_focused()


def test_link_shows_the_relation_that_the_keyboard_is_in(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench", viewport=SMALL)

    compose(page, key="l")

    expect(page.locator("reference-list select").first).to_be_focused()
    assert in_sight(page, "reference-list select")


def test_two_passages_are_joined_by_picking_the_other(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, key="l")
    page.get_by_role("combobox", name="العلاقة").first.select_option("contradicts")

    page.get_by_role("button", name="اختيار موضع آخر").click()
    page.mouse.dblclick(*point(page, "الرصيف الحجري"))
    page.get_by_role("button", name="اختيار هذا الموضع").click()

    expect(page.locator(".reference-list__target")).to_have_text("الرصيف")
    page.keyboard.press("Control+Enter")
    expect(page.locator(COMPOSER)).to_have_count(0)
    body = sent(site, "POST", "/api/annotations")[0]
    assert isinstance(body, dict)
    (reference,) = body["references"]
    start = site.text.content.index("الرصيف الحجري")
    assert reference["relation"] == "contradicts"
    assert (reference["target"]["text"], reference["target"]["start"]) == ("harbor", start)
    assert body["category"] == "link"


def test_address_can_be_pasted_as_the_other_end(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page, key="l")
    address = page.get_by_label("أو ألصق عنوان موضع أو حاشية أو صفحة")

    address.fill("ليس عنوانًا")
    address.press("Enter")
    expect(page.get_by_text("ليس هذا عنوانًا كاملًا")).to_be_visible()
    address.fill("https://example.org/editions/3#at-5-9")
    address.press("Enter")

    expect(page.locator(".reference-list__target")).to_have_text("https://example.org/editions/3#at-5-9")


def test_preview_is_rendered_by_the_server(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    compose(page)
    page.locator(BODY).fill("نصّ")

    page.locator('[data-action="preview"]').click()

    expect(page.locator(".composer__preview strong")).to_have_text("نصّ")


def test_withdrawing_asks_first_and_takes_the_paint_away(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    card = page.locator('note-card [data-note="n6"]')

    card.locator('[data-action="withdraw"]').click()
    assert sent(site, "DELETE", "/api/annotations") == []
    card.locator('[data-action="withdraw-yes"]').click()

    expect(card).to_have_count(0)
    expect(page.locator("[data-note-count]")).to_have_text("11 حاشيةً")
    page.mouse.click(*point(page, "London"))
    assert painted(page, "hashiya-active") == 0


DECISION = {"status": "returned", "label": "معادة", "reviewer": "سعاد", "reason": "سمِّ <المصدر>."}


def test_note_that_came_back_says_why(chromium: Browser, site: Site) -> None:
    site.text.notes[6] |= {"status": "returned", "decision": DECISION}
    page = open_page(chromium, site, "workbench")

    said = page.locator('note-card [data-note="n6"] .note__decision')

    expect(said).to_contain_text("بقرار من")
    expect(said).to_contain_text("سمِّ <المصدر>.")
    expect(page.locator('note-card [data-note="n7"] .note__decision')).to_have_count(0)


def test_suggested_wording_is_taken_with_one_press(chromium: Browser, site: Site) -> None:
    parts = [["same", "حجر "], ["del", "قديم"], ["ins", "أبيض <قديم>"]]
    wording = {"parts": parts, "language": "ar", "take": "d1"}
    site.text.notes[6] |= {"status": "returned", "decision": {**DECISION, "wording": wording}}
    site.text.notes[7] |= {"status": "returned", "decision": {**DECISION, "wording": wording | {"take": ""}}}
    page = open_page(chromium, site, "workbench")
    card = page.locator('note-card [data-note="n6"]')
    expect(card.locator(".suggested ins")).to_have_text("أبيض <قديم>")
    expect(card.locator(".suggested del")).to_have_text("قديم")
    # Where it cannot be taken, it is read all the same.
    expect(page.locator('note-card [data-note="n7"] .suggested ins')).to_have_count(1)
    expect(page.locator('note-card [data-note="n7"] [data-action="take"]')).to_have_count(0)

    card.locator('[data-action="take"]').click()

    expect(card.locator(".note__body")).to_have_text("حجر أبيض <قديم>")
    expect(card.locator(".suggested")).to_have_count(0)
    assert sent(site, "PATCH", "/api/annotations") == [{"take": "d1"}]


def test_wording_of_a_note_that_was_changed_since_is_refused_in_words(chromium: Browser, site: Site) -> None:
    wording = {"parts": [["ins", "أبيض"]], "language": "ar", "take": "d1"}
    site.text.notes[6] |= {"status": "returned", "decision": {**DECISION, "wording": wording}}
    page = open_page(chromium, site, "workbench")
    body = page.locator('note-card [data-note="n6"] .note__body').inner_text()
    site.answers["PATCH", "/api/annotations/n6"] = [(412, {"code": "stale"})]

    page.locator('note-card [data-note="n6"] [data-action="take"]').click()

    expect(page.locator("body")).to_contain_text("تغيّرت الحاشية منذ اقتُرحت هذه الصياغة")
    expect(page.locator('note-card [data-note="n6"] .note__body')).to_have_text(body)


def test_actions_are_what_the_server_sends(chromium: Browser, site: Site) -> None:
    site.text.notes[6]["actions"] = []
    page = open_page(chromium, site, "workbench")

    # Picking a note up is for whoever annotates, whatever may be done with the note itself.
    changing = "button:not([data-action=pickup])"
    expect(page.locator(f'note-card [data-note="n7"] {changing}')).to_have_count(3)
    expect(page.locator('note-card [data-note="n7"] [data-action=pickup]')).to_have_count(1)
    expect(page.locator(f'note-card [data-note="n6"] {changing}')).to_have_count(0)


def test_chosen_drafts_are_submitted_with_a_message(chromium: Browser, site: Site) -> None:
    page = open_page(chromium, site, "workbench")
    page.get_by_role("button", name="تقديم الحواشي").click()
    boxes = page.locator("submit-notes input[type=checkbox]")
    expect(boxes).to_have_count(12)

    for number in range(2, 12):
        boxes.nth(number).uncheck()
    page.get_by_label("رسالة إلى المراجع").fill("حاشيتان عن الصفحة الأولى")
    page.get_by_role("button", name="تقديم حاشيتين").click()

    expect(page.locator("submit-notes .alert--success")).to_contain_text("حاشيتان في طريقهما إلى المراجع.")
    body = sent(site, "POST", "/api/submissions")[0]
    assert isinstance(body, dict)
    assert body["annotations"] == ["v-n0", "v-n1"]
    assert body["message"] == "حاشيتان عن الصفحة الأولى"


def test_phone_writes_in_a_sheet_and_reads_notes_of_a_tap(chromium: Browser, site: Site) -> None:
    page = open_page(
        chromium, site, "workbench", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page.touchscreen.tap(*point(page, "الثلاثة التي"))
    expect(page.locator(".sheet note-card")).to_have_count(3)

    page.locator('.sheet note-card [data-action="revise"]').first.tap()

    expect(page.locator(BODY)).to_have_value("في نسخة أخرى: الأربعة.")
    box = page.locator("hashiya-workbench").bounding_box()
    assert box is not None
    assert round(box["y"] + box["height"]) == 844


def test_english_interface_around_an_arabic_text_keeps_each_in_its_direction(
    chromium: Browser, site: Site
) -> None:
    page = open_page(chromium, site, "workbench", "?interface=en")
    compose(page)

    expect(page.get_by_role("heading", name="New note")).to_be_visible()
    assert page.evaluate("() => getComputedStyle(document.querySelector('#b1')).direction") == "rtl"
    assert page.evaluate("() => getComputedStyle(document.querySelector('note-composer')).direction") == "ltr"
    assert selected(page) == ""


def test_suggestions_are_marked_apart_from_notes_until_the_button_is_pressed_again(
    chromium: Browser, site: Site
) -> None:
    start = site.text.content.index("المنارة إلا")
    there = {"revision": site.text.data["revision"], "places": [[start, start + 7], [999_990, 999_995]]}
    site.answers["GET", "/api/suggested.json"] = [(200, there)]
    page = open_page(chromium, site, "workbench")
    button = page.locator("[data-suggested]")
    assert painted(page, "hashiya-suggested") == 0
    assert not sent(site, "GET", "/api/suggested.json")

    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    assert painted(page, "hashiya-suggested") == 1
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert painted(page, "hashiya-suggested") == 0


def test_a_press_on_what_is_suggested_shows_it_and_accepts_it_there(chromium: Browser, site: Site) -> None:
    start = site.text.content.index("المنارة إلا")
    revision = site.text.data["revision"]
    told = {"revision": revision, "places": [[start, start + 7]]}
    card = (
        '<article class="note note--suggested" data-suggestion="date.1.2.3"><button type="button" '
        'data-act="accept">اقبل</button></article>'
    )
    site.answers["GET", "/api/suggested.json"] = [
        (200, told), (200, told | {"cards": card}), (200, {"revision": revision, "places": []}),
    ]  # fmt: skip
    site.answers["POST", "/api/suggested.json"] = [(200, {"said": "صارت مسودة"})]
    page = open_page(chromium, site, "workbench")
    page.locator("[data-suggested]").click()
    expect(page.locator("[data-suggested]")).to_have_attribute("aria-pressed", "true")

    page.mouse.click(*point(page, "المنارة إلا"))
    page.get_by_role("button", name="اقبل").click()

    expect(page.locator(".toast", has_text="صارت مسودة")).to_be_visible()
    expect(page.locator(".notes-popover")).to_have_count(0)
    (body,) = sent(site, "POST", "/api/suggested.json")
    assert (body["suggestion"], body["act"]) == ("date.1.2.3", "accept")  # type: ignore[index]
    assert painted(page, "hashiya-suggested") == 0


def test_suggestions_that_do_not_come_are_said_not_to(chromium: Browser, site: Site) -> None:
    site.answers["GET", "/api/suggested.json"] = [(200, {"revision": 99, "places": []})]
    page = open_page(chromium, site, "workbench")

    page.locator("[data-suggested]").click()

    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator("[data-suggested]")).to_have_attribute("aria-pressed", "false")
