"""The scripts of the desks: files with their progress, jobs, questions before what cannot be undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.textlayer_site import Site, harbor, serve

pytestmark = pytest.mark.browser

RECEIPT = {"url": "/pages/done", "sha256": "ab" * 32}


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site(harbor())) as served:
        served.answers["GET", "/api/jobs/1"] = [
            (200, {"state": "running", "progress": 40, "message": "يُقرأ الملف"})
        ]
        yield served


def open_desk(chromium: Browser, site: Site) -> Page:
    page = chromium.new_context().new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{site.url}/pages/desk")
    return page


def choose(page: Page, *names: str, size: int = 10) -> None:
    files = [{"name": name, "mimeType": "text/markdown", "buffer": b"a" * size} for name in names]
    page.get_by_label("اختر الملفات").set_input_files(files)  # type: ignore[arg-type]


def uploads(site: Site) -> list[bytes]:
    return [body for verb, path, body in site.requests if (verb, path) == ("POST", "/api/upload")]


def test_one_file_leads_on_to_its_own_page(chromium: Browser, site: Site) -> None:
    site.answers["POST", "/api/upload"] = [(201, RECEIPT)]
    page = open_desk(chromium, site)
    choose(page, "رسالة.md")

    page.get_by_role("button", name="أرسل").click()

    page.wait_for_url("**/pages/done")
    assert b'name="key"\r\n\r\nk1.0' in uploads(site)[0]


def test_only_the_file_that_failed_is_sent_again(chromium: Browser, site: Site) -> None:
    site.answers["POST", "/api/upload"] = [
        (201, RECEIPT),
        (422, {"sentence": "هذا الملف فارغ."}),
        (201, RECEIPT),
    ]
    page = open_desk(chromium, site)
    choose(page, "one.md", "two.md")
    page.get_by_role("button", name="أرسل").click()
    rows = page.locator(".file-row")
    expect(rows.nth(0)).to_contain_text("وصل كاملًا")
    expect(rows.nth(1)).to_contain_text("هذا الملف فارغ.")

    page.get_by_role("button", name="إعادة الإرسال").click()

    expect(rows.nth(1)).to_contain_text("وصل كاملًا")
    sent = uploads(site)
    assert [b'filename="one.md"' in body for body in sent] == [True, False, False]
    assert b"k1.1" in sent[1]
    assert b"k1.1" in sent[2]


def test_file_over_the_limit_is_refused_before_it_is_sent(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)

    choose(page, "big.md", size=2_000)

    expect(page.locator(".file-row--failed")).to_contain_text("أكبر من الحدّ المقبول")
    assert uploads(site) == []


def test_broken_connection_is_told_and_can_be_mended(chromium: Browser, site: Site) -> None:
    site.answers["POST", "/api/upload"] = [(201, RECEIPT)]
    page = open_desk(chromium, site)
    page.route("**/api/upload", lambda route: route.abort(), times=1)
    choose(page, "one.md")
    page.get_by_role("button", name="أرسل").click()
    expect(page.locator(".file-row--failed")).to_contain_text("انقطع الاتصال")

    page.get_by_role("button", name="إعادة الإرسال").click()

    page.wait_for_url("**/pages/done")


def test_job_shows_how_far_it_is_and_goes_on_when_it_is_done(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)
    block = page.locator("[data-job]")

    expect(block).to_contain_text("يُقرأ الملف")
    expect(block.locator("progress")).to_have_attribute("value", "40")
    site.answers["GET", "/api/jobs/1"] = [(200, {"state": "done", "progress": 100, "message": ""})]

    page.wait_for_url("**/pages/done")


def test_job_keeps_asking_when_the_server_is_silent(chromium: Browser, site: Site) -> None:
    site.answers["GET", "/api/jobs/1"] = [(503, {})]
    page = open_desk(chromium, site)
    expect(page.locator("[data-job]")).to_contain_text("الخادم لا يجيب")

    site.answers["GET", "/api/jobs/1"] = [(200, {"state": "done", "progress": 100, "message": ""})]

    page.wait_for_url("**/pages/done")


def test_what_cannot_be_undone_asks_first_and_a_key_presses_it(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)
    question = page.get_by_role("dialog", name="أتسحب الإصدار الأول؟")

    page.keyboard.press("w")
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    assert not [request for request in site.requests if request[1] == "/api/withdraw"]
    page.keyboard.press("w")
    with page.expect_request("**/api/withdraw"):
        question.get_by_role("button", name="اسحب").click()


def test_what_must_be_filled_in_is_asked_for_before_the_question(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)
    question = page.get_by_role("dialog", name="أترفضها؟")
    reason = page.get_by_label("السبب")

    page.get_by_role("button", name="ارفض").click()
    expect(reason).to_be_focused()
    expect(question).to_have_count(0)
    reason.fill("مكرّرة")
    page.get_by_role("button", name="ارفض").click()
    expect(question).to_be_visible()
    with page.expect_request("**/api/decline"):
        question.get_by_role("button", name="ارفض").click()


def test_escape_leaves_the_field_that_a_key_led_into_and_the_next_key_presses(
    chromium: Browser, site: Site
) -> None:
    page = open_desk(chromium, site)
    reason = page.get_by_label("السبب")

    page.keyboard.press("e")
    expect(reason).to_be_focused()
    page.keyboard.type("er")
    page.keyboard.press("Escape")
    expect(reason).not_to_be_focused()
    page.keyboard.press("r")

    expect(page.get_by_role("dialog", name="أترفضها؟")).to_be_visible()
    expect(reason).to_have_value("er")


def test_form_typed_in_a_closed_window_comes_back(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)
    title = page.get_by_label("العنوان")
    title.fill("عنوان لم يُحفظ")
    page.wait_for_function("() => Object.keys(localStorage).length > 0")

    page.reload()

    expect(title).to_have_value("عنوان لم يُحفظ")
    page.get_by_role("button", name="التخلي عنه").click()
    expect(title).to_have_value("قديم")


def test_account_corner_is_fetched_apart(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)

    expect(page.locator("[data-account-url]")).to_have_text("ليلى")


def test_video_asks_nothing_of_others_before_the_click(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)
    assert page.locator("iframe").count() == 0

    page.get_by_role("button", name="شغّل").click()

    expect(page.locator("figure iframe")).to_have_attribute("src", "/pages/done")


def test_time_tells_the_whole_of_it_in_its_tooltip(chromium: Browser, site: Site) -> None:
    page = open_desk(chromium, site)

    title = page.locator("time").get_attribute("title")

    assert title is not None
    assert "أيار" in title
    assert "2020" in title
