"""What a scholar does in the workbench, one verb a function. Places are told by paragraph and letter, not by words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import Windows
from tests.browser.pages import LISTENING

#: The middle of a letter of a paragraph on the screen, in whole pixels: a mouse has no others, and Chromium selects
#: nothing when one is pressed between two.
POINT = """([number, letter]) => {
  const paragraph = document.querySelectorAll("article[data-text-id] p")[number];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = letter < 0 ? paragraph.textContent.length + letter : letter;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left >= node.data.length) { left -= node.data.length; continue; }
    const range = document.createRange();
    range.setStart(node, left);
    range.setEnd(node, left + 1);
    const box = range.getBoundingClientRect();
    return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  }
}"""
#: What a finger does with the handles of a selection, which a browser without a screen does not draw.
SELECT_BY_FINGER = """([number, from, to]) => {
  const nodes = [...document.querySelectorAll("article[data-text-id] p")[number].childNodes];
  const text = nodes.find((node) => node.nodeType === Node.TEXT_NODE);
  getSelection().setBaseAndExtent(text, from, text, to);
}"""
#: The first of two paragraphs that follow each other, are long enough to select in, and hold words only.
LONG_PAIR = """() => {
  const paragraphs = [...document.querySelectorAll("article[data-text-id] p")];
  const plain = (one) => [...one.children].every((child) => child.matches(".count"));
  const fits = (one) => one && plain(one) && one.textContent.length > 160;
  return paragraphs.findIndex((one, at) => fits(one) && fits(paragraphs[at + 1])
    && one.nextElementSibling === paragraphs[at + 1]);
}"""


def open_workbench(page: Page) -> None:
    """Go from a work's public page to its workbench."""
    page.get_by_role("link", name="Annotate", exact=True).click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the workbench is there to be used."""
    page.wait_for_function(LISTENING)
    expect(
        page.locator("hashiya-workbench .workbench__bar, hashiya-workbench note-composer").first
    ).to_be_visible()


def long_pair(page: Page) -> int:
    """Return the number of the first of two neighboring long paragraphs."""
    number: int = page.evaluate(LONG_PAIR)
    assert number >= 0
    return number


def show(page: Page, number: int) -> None:
    """Bring a paragraph to the middle of the window."""
    page.locator("article[data-text-id] p").nth(number).evaluate("p => p.scrollIntoView({block: 'center'})")


def point(page: Page, number: int, letter: int) -> tuple[float, float]:
    """Return where a letter is on the screen."""
    x, y = page.evaluate(POINT, [number, letter])
    return x, y


def drag(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Select with the mouse, from one (paragraph, letter) to another."""
    show(page, end[0])
    page.mouse.move(*point(page, *start))
    page.mouse.down()
    page.mouse.move(*point(page, *end), steps=5)
    page.mouse.up()


def choose(page: Page, action: str) -> None:
    """Press a button of the bar of the selection."""
    page.locator(f'.selection-toolbar [data-action="{action}"]').click()


def composer(page: Page) -> Locator:
    """Return the place where a note is written."""
    return page.locator("note-composer form")


def write(page: Page, words: str) -> None:
    """Write the note's body."""
    composer(page).locator("textarea").fill(words)


def tag(page: Page, asked: str, *, found: str) -> None:
    """Put a tag that was asked for by one of its names and is shown by another."""
    field = composer(page).get_by_role("combobox", name="Tags")
    field.fill(asked)
    composer(page).get_by_role("option", name=found).first.click()
    expect(composer(page).locator(".combobox__chips")).to_contain_text(found)


def save(page: Page) -> None:
    """Save the note at hand and wait until the server has it."""
    with page.expect_response(lambda answer: answer.request.method in ("POST", "PUT", "PATCH")) as answered:
        page.keyboard.press("Control+Enter")
    assert answered.value.ok, f"{answered.value.status} {answered.value.text()}"
    expect(composer(page)).to_have_count(0)


def note_by_mouse(page: Page, start: tuple[int, int], end: tuple[int, int], words: str) -> None:
    """Select with the mouse and write a note there."""
    drag(page, start, end)
    choose(page, "note")
    write(page, words)
    save(page)


def card(page: Page, words: str) -> Locator:
    """Return the card of the note that says `words`."""
    return page.locator("note-card", has_text=words)


def ready_on_phone(page: Page) -> None:
    """Wait until the text can be selected; the panel is not on the screen."""
    page.wait_for_function(LISTENING)


#: The paragraphs that are long enough to select in, hold words only and bear no note: their numbers, with their blocks'.
FREE = """() => [...document.querySelectorAll("article[data-text-id] p")]
  .map((one, number) => [one, number])
  .filter(([one]) => one.children.length === 0 && one.textContent.length > 160 && /^b\\d+$/.test(one.id))
  .map(([one, number]) => [number, Number(one.id.slice(1))])"""


def free_paragraphs(page: Page) -> list[tuple[int, int]]:
    """Return the paragraphs without notes: which paragraph of the page, and which block of the text."""
    return [(number, block) for number, block in page.evaluate(FREE)]


def quote(page: Page, words: str) -> str:
    """Return the passage of the note that says `words`."""
    return card(page, words).locator(".note__quote").inner_text().strip("«»“” \n")


def hand_in_one(windows: Windows, body: str) -> None:
    """Write a note in a work's workbench and hand it in."""
    page = windows.open("works/the-road-to-the-water/", who="scholar")
    open_workbench(page)
    number, _block = free_paragraphs(page)[0]
    note_by_mouse(page, (number, 4), (number, 30), body)
    card(page, body).locator('[data-action="submit"]').click()
    page.get_by_role("button", name="Submit 1 note").click()
    expect(page.locator("submit-notes")).to_contain_text("on its way to a reviewer")
