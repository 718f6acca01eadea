"""The lines of a file's pages in the order in which they are read, without what stands on every page.

Pure: words with their places in, lines out. All lengths are pixels of the drawn page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

#: Of a page's height, from above and below: where page numbers and running titles stand.
MARGIN = 0.12
#: A line on so many pages, and on such a part of all, is a running title.
OFTEN, SHARE = 3, 0.3
#: Lines that a column has at least, and how many of all may cross what lies between two.
COLUMN, CROSSING = 4, 0.15
_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*\Z")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    page: int
    #: Which column of which stretch of the page it stands in; lines of one follow each other downward.
    column: int
    left: int
    top: int
    right: int
    bottom: int
    words: tuple[str, ...]
    #: Of its first word.
    first: int
    #: Whether it runs from right to left.
    turned: bool

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(self.words)

    @property
    def height(self) -> int:
        """How high its letters are."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size, and its lines as they were found."""

    number: int
    width: int
    height: int
    lines: tuple[Line, ...]


def page_of(number: int, width: int, height: int, lines: Iterable[Sequence[Any]]) -> Page:
    """Return a page of `[[x, y, width, height, word], …]` for each of its lines; raises ValueError, TypeError."""
    found = [_line(number, line) for line in lines if line]
    return Page(number, width, height, tuple(found))


def _line(page: int, words: Sequence[Any]) -> Line:
    boxes = [(int(x), int(y), int(wide), int(high), str(word)) for x, y, wide, high, word in words]
    # High letters, as in a formula, make no line higher.
    high = int(median(box[3] for box in boxes))
    top = int(median(box[1] for box in boxes))
    said = tuple(box[4] for box in boxes)
    return Line(
        page, 0, min(b[0] for b in boxes), top, max(b[0] + b[2] for b in boxes), top + high, said, boxes[0][2],
        turned=is_right_to_left(said),
    )  # fmt: skip


def is_right_to_left(words: Iterable[str]) -> bool:
    """Whether most letters that have a direction run from right to left."""
    counts = Counter(unicodedata.bidirectional(letter) for word in words for letter in word)
    return counts["R"] + counts["AL"] > counts["L"]


def split_off(pages: Sequence[Page]) -> tuple[list[Page], list[Line]]:
    """Return the pages without their numbers and running titles, and those lines."""
    edges = [(page, line) for page in pages for line in page.lines if _is_at_edge(page, line)]
    said = Counter(key for _page, keys in _keys(edges).items() for key in keys)
    often = {key for key, count in said.items() if count >= max(OFTEN, SHARE * len(pages))}
    off = {
        id(line): line for _page, line in edges if _NUMBER.match(line.text) or _key(line) in often
    }  # fmt: skip
    kept = [
        Page(page.number, page.width, page.height, tuple(line for line in page.lines if id(line) not in off))
        for page in pages
    ]
    return kept, list(off.values())


def _is_at_edge(page: Page, line: Line) -> bool:
    """Whether a line is the first or the last of its page, and stands in the margin."""
    if line.bottom <= page.height * MARGIN:
        return all(other.top >= line.top for other in page.lines)
    if line.top >= page.height * (1 - MARGIN):
        return all(other.bottom <= line.bottom for other in page.lines)
    return False


def _keys(edges: Iterable[tuple[Page, Line]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for page, line in edges:
        if key := _key(line):
            found.setdefault(page.number, set()).add(key)
    return found


def _key(line: Line) -> str:
    """Return what of a running title is the same on every page."""
    return " ".join(_DIGITS.sub("", line.text).split()).casefold()


def in_order(page: Page) -> Iterator[Line]:
    """Yield the lines of a page as they are read: column by column where there are two."""
    turned = is_right_to_left(word for line in page.lines for word in line.words)
    between = _gutter(page)
    if between is None:
        yield from _numbered(page.lines, 0)
        return
    column = 0
    for crossing, band in _bands(sorted(page.lines, key=lambda line: line.top), between):
        sides = [
            [line for line in band if line.right <= between],
            [line for line in band if line.left >= between],
        ]
        stretches = [band] if crossing else (sides[::-1] if turned else sides)
        for stretch in stretches:
            if stretch:
                yield from _numbered(stretch, column)
                column += 1


def _gutter(page: Page) -> float | None:
    """Return where the page parts into two columns, None where it does not."""
    places = [page.width * share / 100 for share in range(35, 66)]
    crossed = {at: sum(line.left < at < line.right for line in page.lines) for at in places}
    clear = min(crossed.values(), default=0)
    if not page.lines or clear > CROSSING * len(page.lines):
        return None
    free = [at for at in places if crossed[at] == clear]
    at = free[len(free) // 2]
    left = [line for line in page.lines if line.right <= at]
    right = [line for line in page.lines if line.left >= at]
    if min(len(left), len(right)) < COLUMN:
        return None
    beside = sum(any(one.top < other.bottom and other.top < one.bottom for other in right) for one in left)
    return at if 2 * beside >= min(len(left), len(right)) else None


def _bands(lines: Sequence[Line], between: float) -> Iterator[tuple[bool, list[Line]]]:
    """Yield stretches of the page from above: those that cross both columns, and those within them."""
    band: list[Line] = []
    crossing = False
    for line in lines:
        crosses = line.left < between < line.right
        if band and crosses != crossing:
            yield crossing, band
            band = []
        crossing = crosses
        band.append(line)
    if band:
        yield crossing, band


def _numbered(lines: Iterable[Line], column: int) -> Iterator[Line]:
    for line in lines:
        yield replace(line, column=column)
