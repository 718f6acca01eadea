"""Chapter four: an editor composes an edition, sees what stops it, and publishes its first release."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import archivist, editor, people, visitor
from tests.browser.browsing import Windows
from tests.browser.story.conftest import TITLE, Story
from tests.browser.story.test_2_scholar import BY_KEYS, BY_TOUCH, JOINED, OVERLAP

pytestmark = pytest.mark.browser

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
#: What readers get of an edition: the text with its marks, and the notes beside it, without their addresses, heights and
#: without the buttons of a note: nothing can be cited or reported before it is public.
READ = """() => [...document.querySelectorAll("#text, [data-notes], #indexes")].map((part) => {
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll(".note__actions")) one.remove();
  for (const one of copy.querySelectorAll("*")) {
    for (const name of ["href", "src", "srcset", "style"]) one.removeAttribute(name);
    one.classList.remove("note--long");
  }
  return copy.innerHTML.replaceAll(/\\s+/g, " ");
})"""


#: The site's script has begun: it shows what only works with it, such as the buttons of films.
BEGUN = "() => !document.querySelector('#text [data-embed] button[hidden]')"


def test_an_editor_publishes_the_first_release(windows: Windows, story: Story) -> None:
    story.needs("reviewed")
    page = _newcomer(windows)
    editor.begin(page, TITLE, title_ar="طبعة المقالة الطويلة", slug="long-article")

    # What stops it is listed, each with the way to mend it.
    assert set(editor.stops(page)) == {
        "title_missing", "license_missing", "rights_missing", "undecided", "alternative_missing"
    }  # fmt: skip
    editor.change(page, title_en="The long article, an edition", license_uri=LICENSE)
    editor.finding(page, "undecided").get_by_role("button", name="Take it out").click()
    expect(editor.finding(page, "undecided")).to_have_count(0)
    _the_archivist_describes_what_it_shows(windows, story)
    page.reload()
    assert editor.stops(page) == []
    expect(page.get_by_text("Nothing stands in the way.")).to_be_visible()
    story.edition = page.url

    page.get_by_role("link", name="Preview").click()
    for words in (BY_KEYS, JOINED):
        expect(page.locator("[data-notes] .note", has_text=words)).to_have_count(1)
    for words in (BY_TOUCH, OVERLAP):
        expect(page.locator("[data-notes]")).not_to_contain_text(words)
    previewed = _read(page)

    page.goto(story.edition)
    editor.seal(page)
    _a_password_is_not_enough(page)
    editor.publish(page)
    page.get_by_role("link", name="Its public page").click()
    story.release = page.url
    assert _read(page) == previewed
    story.done.append("published")


def _read(page: Page) -> list[str]:
    """Return what readers get, tag by tag, so that the first that differs is told."""
    page.wait_for_load_state()
    page.wait_for_function(BEGUN)
    visitor.ready(page)
    parts: list[str] = page.evaluate(READ)
    return [tag for part in parts for tag in part.split("<")]


def _newcomer(windows: Windows) -> Page:
    """Return the window of an editor who was invited today: the demonstration's own are spared the second factor."""
    admin = windows.open("desk/", who="administrator")
    link = people.invite(admin, "editor@press.example", role="Editor")
    page = windows.open(link)
    people.join(page, name="محرّرة الطبعة")
    return page


def _the_archivist_describes_what_it_shows(windows: Windows, story: Story) -> None:
    """Give the picture its words, and picture and work their rights."""
    desk = windows.open(story.work_desk, who="archivist")
    archivist.describe(desk, rights_uri=LICENSE)
    desk.goto(story.work_desk)
    desk.locator("#figures a[href*='/desk/images/']").first.click()
    archivist.fill(desk, alternative_ar="رسم تخطيطي", alternative_en="A drawn plan", rights_uri=LICENSE)
    archivist.save(desk)


def _a_password_is_not_enough(page: Page) -> None:
    release = page.url
    expect(page.get_by_text("Publishing needs a second factor")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    page.get_by_role("link", name="Add an authenticator app").click()
    people.add_authenticator(page)
    page.goto(release)
    expect(page.get_by_text("Publishing needs a second factor")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text(re.compile("Sealed on"))
