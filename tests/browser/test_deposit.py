"""Sending in many files: the network goes away, the page is left, and nothing has to be sent twice."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.browsing import PHONE, ready
from tests.factories_archive import png

pytestmark = pytest.mark.browser
#: Three pieces of the client's size.
BIG = 20 * 1024 * 1024


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A picture, a letter, and a recording that takes several pieces."""
    made = {
        "map.png": png(300, 200),
        "letter.md": "# رسالة\n\nسلام.\n".encode(),
        "tape.bin": bytes(range(256)) * (BIG // 256),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in made]


def begin(windows, note: str, **options) -> Page:
    page = windows.open("desk/deposits/", who="archivist", **options)
    page.locator("a[href$='/desk/deposits/new/']").first.click()
    page.locator("#id_note").fill(note)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/deposits/[a-z0-9]{16}/$"))
    return page


def choose(page: Page, files: list[Path]) -> None:
    page.locator("[data-deposit] input[type=file]").set_input_files(files)


def test_files_are_sent_and_the_receipt_names_what_became_of_each(windows, files):
    page = begin(windows, "Box 7")

    choose(page, files)

    expect(page.locator(".file-row--done")).to_have_count(3)
    table = page.locator("main table")
    expect(table).to_contain_text("entered as an image")
    expect(table).to_contain_text("read as a text")
    expect(table).to_contain_text(hashlib.sha256(files[2].read_bytes()).hexdigest()[:16])
    with page.expect_download() as download:
        page.locator("a[href$='receipt.csv']").click()
    assert "tape.bin" in Path(download.value.path()).read_text("utf-8-sig")


def test_a_whole_folder_is_chosen_without_dragging_it(windows, files):
    page = begin(windows, "A folder")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a whole folder").click()
    chooser.value.set_files(files[0].parent)

    expect(page.locator(".file-row--done")).to_have_count(3)


def test_what_broke_off_goes_on_where_it_stopped_after_the_page_was_left(windows, files):
    """The second sitting sends the pieces that are missing and no other."""
    windows.watch.expected.append(r"ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to load resource")
    page = begin(windows, "Half a tape")
    sent: list[int] = []

    def break_after_one(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.continue_()
        sent.append(int(route.request.headers["upload-offset"]))
        return route.continue_() if len(sent) == 1 else route.abort()

    page.route("**/uploads/**", break_after_one)
    choose(page, files[2:])
    while len(sent) < 2:
        page.wait_for_timeout(50)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/uploads/**")
    expect(page.locator("[data-deposit-unfinished]")).to_be_visible()

    again: list[int] = []
    page.on(
        "request",
        lambda request: (
            again.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None
        ),
    )
    choose(page, files[2:])

    expect(page.locator(".file-row--done")).to_have_count(1)
    assert sent[0] == 0
    # One whole piece had been answered for, and perhaps a part of the next.
    assert again[0] >= 8 * 1024 * 1024
    assert again == sorted(again)


def test_what_was_chosen_and_never_sent_is_on_the_receipt(windows, files, tmp_path):
    """The page is left before a byte of anything went through: nobody believes the deposit to be whole."""
    windows.watch.expected.append(
        r"ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch"
    )
    page = begin(windows, "Never sent")
    (tmp_path / "nothing.txt").write_bytes(b"")
    page.route(
        "**/uploads/**",
        lambda route: (
            route.continue_() if route.request.url.endswith("/list") else route.abort("internetdisconnected")
        ),
    )

    with page.expect_response("**/uploads/*/list"):
        choose(page, [*files, tmp_path / "nothing.txt"])
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    table = page.locator("main table")
    for file in files:
        expect(table.locator("tr", has_text=file.name)).to_contain_text("Nothing of it is here yet")
    expect(table.locator("tr", has_text="nothing.txt")).to_contain_text("Not taken. The file is empty.")
    page.locator("[data-deposit-unfinished] button").click()
    expect(page.locator("[data-deposit-unfinished]")).to_have_count(0)
    expect(table.locator("tr", has_text="map.png")).to_contain_text("nobody waits for it")


def test_a_deposit_is_made_with_a_thumb_in_arabic(windows, files):
    page = begin(windows, "صندوق السيدة نوال", language="ar", size=PHONE, touch=True)

    choose(page, files[:2])

    expect(page.locator(".file-row--done")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_folder_is_dropped_with_everything_in_it(windows):
    page = begin(windows, "A folder")
    ready(page)

    page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(['one'], 'one.bin', {lastModified: 1}));
            transfer.items.add(new File(['two'], 'two.bin', {lastModified: 1}));
            const zone = document.querySelector('[data-dropzone]');
            zone.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }"""
    )

    expect(page.locator(".file-row--done")).to_have_count(2)
