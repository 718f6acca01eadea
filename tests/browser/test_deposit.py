"""Sending in many files: the network goes away, the page is left, and nothing has to be sent twice."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.browsing import NARROW, PHONE, ready
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

    await_done(page, 3)
    table = page.locator("main table")
    expect(table).to_contain_text("entered as an image")
    expect(table).to_contain_text("read as a text")
    expect(table).to_contain_text(hashlib.sha256(files[2].read_bytes()).hexdigest()[:16])
    with page.expect_download() as download:
        page.locator("a[href$='receipt.csv']").click()
    assert "tape.bin" in Path(download.value.path()).read_text("utf-8-sig")


def await_done(page: Page, many: int) -> None:
    """Wait until so many files are settled; the one worker may be making the books of the demonstration first."""
    expect(page.locator(".file-row--done")).to_have_count(many, timeout=90_000)


def row_of(page: Page, name: str) -> Locator:
    """Return the row of a file on its way."""
    return page.locator(".file-row", has_text=name)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_rows_and_receipt_show_the_hashes_that_both_sides_worked_out(windows, files):
    page = begin(windows, "Box 8")

    choose(page, files)

    await_done(page, 3)
    for file in files:
        row = row_of(page, file.name)
        expect(row.locator(".hash-copy")).to_have_attribute("title", sha256(file))
        expect(row.locator(".hash")).to_have_text(f"{sha256(file)[:16]}…")
        expect(row).to_contain_text("The same by SHA-256")
        kept = page.locator("main table tr", has_text=file.name)
        expect(kept.locator(f".hash[title='{sha256(file)}']")).to_have_count(2)
        expect(kept.locator(".status--intact")).to_have_text("The same")
    with page.expect_download() as download:
        page.locator("a[href$='receipt.csv']").click()
    rows = list(csv.reader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    assert [(row[3], row[7]) for row in rows[1:]] == [(sha256(file), sha256(file)) for file in files]


def test_bit_that_turned_over_on_its_way_is_on_the_receipt_until_the_file_is_sent_again(windows, files):
    page = begin(windows, "A bad line")
    tape = files[2]

    def alter(route: Route) -> None:
        """Turn one bit over in the second piece, as a bad line would."""
        offset = int(route.request.headers.get("upload-offset", 0))
        if route.request.method != "PATCH" or not offset:
            return route.continue_()
        piece = bytearray(tape.read_bytes()[offset : offset + 8 * 1024 * 1024])
        piece[5] ^= 1
        return route.continue_(post_data=bytes(piece))

    page.route("**/uploads/**", alter)
    choose(page, files[1:])

    row = row_of(page, tape.name)
    await_done(page, 1)
    expect(row).to_contain_text("other bytes than its sender has")
    kept = page.locator("main table tr", has_text=tape.name)
    expect(kept.locator(".status--damaged")).to_have_text("Differs")
    expect(kept.locator(".hash").first).to_have_attribute("title", sha256(tape))
    assert kept.locator(".hash").last.get_attribute("title") != sha256(tape)
    expect(page.locator("main table tr", has_text="letter.md").locator(".status--intact")).to_have_count(1)
    page.unroute("**/uploads/**")
    row.get_by_role("button", name="Send again").click()

    await_done(page, 2)
    expect(kept.locator(".status--intact")).to_have_text("The same")
    expect(kept.locator(f".hash[title='{sha256(tape)}']")).to_have_count(2)


def test_hash_that_is_told_on_another_day_completes_the_receipt(windows, files):
    """The page is left before the hash is told, and the file is chosen again."""
    windows.watch.expected.append(r"ERR_FAILED|Failed to load resource|Failed to fetch")
    page = begin(windows, "Told later")
    page.route("**/sha256", lambda route: route.abort())
    # Announced without its hash, as from a device that hashes slowly.
    page.route(
        "**/uploads/*/",
        lambda route: route.continue_(
            headers={
                **route.request.headers,
                "upload-metadata": re.sub(
                    r"sha256 \S+", "hashing", route.request.headers.get("upload-metadata", "")
                ),
            }
        ),
    )
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        choose(page, files[:1])
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    table = page.locator("main table")
    expect(table).to_contain_text("still working out its hash")
    page.unroute("**/sha256")
    page.unroute("**/uploads/*/")

    choose(page, files[:1])

    await_done(page, 1)
    expect(table.locator(".status--intact")).to_have_text("The same")


def test_file_that_changes_after_it_was_chosen_is_told_in_words_and_not_kept(windows):
    page = begin(windows, "A file in work")
    ready(page)

    page.evaluate(
        """async () => {
            const folder = await navigator.storage.getDirectory();
            const handle = await folder.getFileHandle('draft.bin', {create: true});
            const write = async (words) => {
                const out = await handle.createWritable();
                await out.write(words);
                await out.close();
            };
            await write('as it was chosen');
            const file = await handle.getFile();
            await write('as it is by now, and longer');
            const transfer = new DataTransfer();
            transfer.items.add(file);
            const zone = document.querySelector('[data-dropzone]');
            zone.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }"""
    )

    expect(row_of(page, "draft.bin")).to_contain_text("changed since you chose it")
    expect(row_of(page, "draft.bin").get_by_role("button")).to_have_count(0)
    page.reload()
    expect(page.locator("main table tr", has_text="draft.bin")).to_contain_text("Nothing of it is here yet")


def test_refusals_are_in_the_language_of_the_page_and_not_of_the_browser(windows, tmp_path):
    windows.watch.expected.append("Failed to load resource")
    (tmp_path / "nothing.txt").write_bytes(b"")
    page = begin(windows, "Empty")
    page.goto(page.url.replace("/en/", "/ar/"))
    assert page.evaluate("navigator.language").startswith("en")

    choose(page, [tmp_path / "nothing.txt"])

    expect(row_of(page, "nothing.txt")).to_contain_text("الملف فارغ")


def test_a_whole_folder_is_chosen_without_dragging_it(windows, files):
    page = begin(windows, "A folder")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a whole folder").click()
    chooser.value.set_files(files[0].parent)

    await_done(page, 3)


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

    await_done(page, 1)
    assert sent[0] == 0
    # One whole piece had been answered for, and perhaps a part of the next.
    assert again[0] >= 8 * 1024 * 1024
    assert again == sorted(again)


def test_broken_line_is_told_while_it_is_tried_again_and_the_receipt_is_not_behind(windows, files):
    windows.watch.expected.append(r"ERR_FAILED|Failed to load resource")
    page = begin(windows, "A bad line")
    page.route(
        "**/uploads/**",
        lambda route: (
            route.abort() if int(route.request.headers.get("upload-offset", 0)) else route.continue_()
        ),
    )

    choose(page, files[2:])

    expect(row_of(page, "tape.bin")).to_contain_text("The connection broke; it is tried again by itself")
    expect(page.locator("main table tr", has_text="tape.bin")).to_have_count(1)
    page.unroute("**/uploads/**")
    await_done(page, 1)


def test_file_that_was_left_out_in_another_window_can_be_sent_again(windows, files):
    page = begin(windows, "Two windows")
    answers: list[str] = ["refused"]

    def left_out(route: Route) -> None:
        """Answer once as the server does after somebody else has left the file out."""
        answer = route.fetch()
        if not answers:
            return route.fulfill(response=answer)
        said = answer.json()
        for item in said["items"].values():
            item |= {"state": answers.pop(), "words": "Not taken."}
        return route.fulfill(response=answer, json=said)

    page.route("**/desk/deposits/*/?items=*", left_out)
    choose(page, files[:1])
    row = row_of(page, "map.png")
    expect(row).to_contain_text("Not taken.")
    row.get_by_role("button", name="Send again").click()

    await_done(page, 1)


def test_rows_of_a_folder_say_where_each_file_lay_and_hide_no_sign_in_a_name(windows, tmp_path):
    for folder in ("recto", "verso"):
        (tmp_path / "box" / folder).mkdir(parents=True)
        (tmp_path / "box" / folder / "1\u202egnp.bin").write_bytes(folder.encode())
    page = begin(windows, "Two of one name")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a whole folder").click()
    chooser.value.set_files(tmp_path / "box")

    await_done(page, 2)
    for folder in ("recto", "verso"):
        expect(page.get_by_text(f"box/{folder}/1gnp.bin", exact=True).first).to_be_visible()


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


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "narrow"])
def test_a_deposit_is_made_with_a_thumb_in_arabic(windows, files, size):
    page = begin(windows, "صندوق السيدة نوال", language="ar", size=size, touch=True)

    choose(page, files[:2])

    await_done(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


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

    await_done(page, 2)
