"""What an editor does at the desk, one verb a function."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def begin(page: Page, work: str, **values: str) -> None:
    """Begin an edition of a work's text."""
    page.goto("/en/desk/editions/new/")
    texts = page.locator("#id_text")
    name = next(name for name in texts.locator("option").all_inner_texts() if name.startswith(work))
    texts.select_option(label=name)
    fill(page, values)
    page.get_by_role("button", name="Begin the edition").click()
    page.wait_for_url(re.compile(r"/desk/editions/\w+/$"))


def change(page: Page, **values: str) -> None:
    """Change the plan at hand."""
    page.get_by_role("link", name="Change the plan").click()
    fill(page, values)
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The plan was saved.")).to_be_visible()


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill in fields of the plan, by their names."""
    for name, value in values.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def stops(page: Page) -> list[str]:
    """Return the codes of what stands in the way of a release, in the order of the page."""
    group = page.locator("#preflight .report__group", has_text="This stops the release")
    return [str(line.get_attribute("data-finding")) for line in group.locator("[data-finding]").all()]


def finding(page: Page, code: str) -> Locator:
    """Return what was found of one kind."""
    return page.locator(f'#preflight [data-finding="{code}"]')


def seal(page: Page) -> None:
    """Seal what the plan gives."""
    page.get_by_role("button", name=re.compile("^Seal release")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Seal release")).click()
    page.wait_for_url(re.compile(r"/desk/editions/releases/"))


def publish_at_once(page: Page) -> None:
    """Credit somebody in a filled form of a new edition, begin it, and publish what it gives."""
    person = page.get_by_role("group", name="Person 1", exact=True)
    person.get_by_label("Name in Arabic").fill("هند")
    person.get_by_label("Name in English").fill("Hind")
    person.get_by_label("Role in words").fill("editor")
    page.get_by_role("button", name="Begin the edition").click()
    page.wait_for_url(re.compile(r"/desk/editions/\w+/$"))
    assert stops(page) == []
    seal(page)
    publish(page)


def publish(page: Page) -> None:
    """Publish the release at hand."""
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(re.compile(r"Release \d+ is public\."))).to_be_visible()
