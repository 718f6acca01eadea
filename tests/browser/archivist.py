"""What an archivist does on the site, one verb a function."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

#: Background work is quick; a machine that runs other things beside it is not.
JOB = 60_000


def drop(page: Page, zone: str, *files: Path) -> None:
    """Drag files from outside the window onto `zone` and let them go, as a person does."""
    box = page.locator(zone).bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    devtools = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "data": data, **at})
    devtools.detach()


def upload_text(page: Page, file: Path, *, language: str) -> None:
    """Send one text in by drag and drop and wait for its report."""
    page.goto("/en/desk/texts/upload/")
    page.get_by_label("Language of the text").select_option(language)
    drop(page, "[data-dropzone]", file)
    expect(page.locator(".file-row")).to_contain_text(file.name)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile(r"/(imports|drafts)/"), timeout=JOB)
    page.wait_for_url(re.compile(r"/drafts/"), timeout=JOB)


def counts(page: Page) -> dict[str, tuple[int, str]]:
    """Return the numbers at the head of the report, each with its remark, by their label."""
    found = {}
    for stat in page.locator(".stat").all():
        label, _, remark = stat.locator(".stat__label").inner_text().partition(" · ")
        found[label.strip()] = (int(stat.locator(".stat__value").inner_text()), remark.strip())
    return found


def problems(page: Page, kind: str, *, state: str = "open") -> Locator:
    """Return the report's entries of one kind in one state."""
    return page.locator(f"#g-{kind} .problem--{state}")


def press(page: Page, place: Locator, name: str) -> None:
    """Press a button of one entry and wait until the page has taken it in."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        place.get_by_role("button", name=name).click()
    expect(page.locator("#main")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_load_state()


def edit_block(page: Page, number: int) -> None:
    """Open one block of the draft at hand."""
    page.get_by_role("link", name="Block by block").click()
    page.locator(f"#b{number}").get_by_role("link", name="Edit", exact=True).click()


def rewrite(page: Page, number: int, before: str, after: str) -> None:
    """Put other words into a block."""
    edit_block(page, number)
    words = page.locator("#id_text")
    assert before in words.input_value()
    words.fill(words.input_value().replace(before, after))
    page.get_by_role("button", name="Save the wording").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def take_out(page: Page, number: int) -> None:
    """Take a whole block out."""
    edit_block(page, number)
    page.get_by_role("button", name="Take the block out").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def fates(page: Page) -> dict[str, int]:
    """Return what the correction at hand would do to how many notes, once that is worked out."""
    expect(page.locator(".stat__label", has_text="lost their passage")).to_be_visible(timeout=JOB)
    return {label: number for label, (number, _remark) in counts(page).items()}


def accept(page: Page, *, title: str, message: str) -> None:
    """Accept the draft at hand."""
    if not page.url.endswith("/accept/"):
        page.get_by_role("link", name=re.compile("Accept as revision")).click()
    if page.get_by_label("Title in Arabic").count():
        page.get_by_label("Title in Arabic").fill(title)
    page.get_by_label("What changed").fill(message)
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/works/"))


def fill_gap(page: Page, picture: Path) -> None:
    """Put a picture into the first gap of the work at hand."""
    page.locator("#figures").get_by_role("link", name="Fill the gap").first.click()
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="Put it there").click()


def describe(page: Page, **values: str) -> None:
    """Fill the description of the work at hand and save it."""
    page.get_by_role("link", name="Describe", exact=True).click()
    fill(page, **values)
    save(page)


def fill(page: Page, **values: str) -> None:
    """Fill fields of the description at hand."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]").first
        if field.evaluate("field => field.type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def save(page: Page) -> None:
    """Save the description at hand and wait until the site has taken it."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field__error, .alert--danger")).to_have_count(0)
