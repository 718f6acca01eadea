"""The unmodified Hypothesis client on a text's page: what it shows, and where what it sends ends up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import Windows
from tests.browser.live_site import CLIENT, LiveSite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CLIENT.is_dir(), reason="The Hypothesis client is not installed; run `npm ci` in frontend/."
    ),
]

WORDS = "نَاظِرِ الْوَقْفِ"
BODY = "الناظر هنا متولّي الوقف."
#: Select words of the text as a hand does, for whoever listens.
SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    node.parentElement.scrollIntoView({block: "center"});
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    document.body.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
    return true;
  }
  return false;
}"""


def _text(site: LiveSite) -> str:
    """Return the public id of the demonstration's letter, which has notes of its own."""
    works = site.get_json("/api/works/")["results"]
    work = next(one["id"] for one in works if one["slug"] == "the-canal-keepers-note")
    texts = site.get_json("/api/texts/")["results"]
    return next(str(one["id"]) for one in texts if one["work"] == work and one["language"] == "ar")


def test_note_written_with_the_client_is_a_note_of_ours(windows: Windows, site: LiveSite) -> None:
    text = _text(site)
    page = windows.open(f"hypothesis/{text}/", who="scholar")
    side = page.frame_locator("iframe[src*='/hypothesis/client/app']")
    expect(side.get_by_text("Eleanor Hart").first).to_be_visible()
    expect(page.locator("hypothesis-highlight").first).to_be_attached()

    assert page.evaluate(SELECT, WORDS)
    page.locator("hypothesis-adder").get_by_role("button", name="Annotate").click()
    side.locator("textarea").fill(BODY)
    side.get_by_role("button", name=re.compile("^Post to")).click()

    expect(side.get_by_text(BODY)).to_be_visible()
    expect(side.get_by_text("Pending")).to_be_visible()
    expect(page.locator("hypothesis-highlight", has_text=WORDS)).to_be_visible()
    mine = windows.open("desk/notes/", who="scholar")
    expect(mine.get_by_text(BODY).first).to_be_visible()
