"""A text made of the words of a PDF's pages, as readers see them: paragraphs over lines, pages as marks.

The bytes are no PDF but JSON of its pages' words with their places (`archive.media.decoder.page_words`), of which hidden
and covered ones were left out when the pages were drawn: `{"pages": [{"page", "width", "height", "lines"}, …]}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from archive.enums import BlockKind, ProblemKind
from archive.errors import ImportRefused
from archive.importers.ast.builder import Run, TextBuilder
from archive.importers.page_lines import Line, Page, in_order, page_of, split_off
from archive.importers.pipeline import Draft
from archive.text.context import context_of
from archive.text.types import Problem, Repair

#: How much larger than the rest the letters of a heading are, and how many words it has at most.
HEADING, HEADING_WORDS = 1.2, 30
#: Sizes of letters, the smaller as a part of the larger, that are one.
LIKE = 0.8
#: How much more room than between lines is between paragraphs.
ROOM = 1.45
#: Signs that end a sentence; what closes a quotation or a bracket may follow.
ENDS, CLOSING = ".!?؟۔:…", "\"'”’»)]"
#: Signs at the end of a line by which a word goes on in the next one.
HYPHENS = "-\u00ad\u2010"


def read_page_words(data: bytes) -> Draft:
    """Return the paragraphs and headings of the pages.

    Raises ImportRefused("pdf_without_words") and ImportRefused("not_page_words").
    """
    pages, off = split_off(_pages(data))
    lines = [line for page in pages for line in in_order(page)]
    if not lines:
        raise ImportRefused("pdf_without_words")
    builder, layout = TextBuilder(), _Layout(lines)
    begun = 0
    for group in layout.groups():
        begun = _write(builder, group, layout.level(group), begun)
    builder.breaks += [_break(page.number) for page in pages if page.number > begun]
    builder.end_pages()
    for line in off:
        builder.repairs.append(Repair("running_line", 0, 0, before=f"{line.page}: {line.text}", after=""))
    return Draft(builder)


def _pages(data: bytes) -> list[Page]:
    try:
        given = json.loads(data)["pages"]
        return [page_of(int(p["page"]), int(p["width"]), int(p["height"]), p["lines"]) for p in given]
    except (ValueError, TypeError, KeyError) as error:
        raise ImportRefused("not_page_words") from error


class _Layout:
    """How the lines of the whole file stand, so that one of them can be judged."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        #: How high letters are as a rule, by script: Arabic ones are measured higher than Latin ones of their size.
        self.bodies = {turned: _body(lines, turned=turned) for turned in (False, True)}
        self.body = median(self.bodies[line.turned] for line in lines)
        self.edges = {key: _edges(own) for key, own in _by_column(lines).items()}
        self.pitch = _pitch(lines, self.body)
        self.levels = {
            turned: _levels(
                self._size(line) for line in lines if line.turned == turned and self._is_large(line)
            )
            for turned in (False, True)
        }

    def groups(self) -> Iterator[list[Line]]:
        """Yield the lines of each paragraph or heading."""
        group = [self.lines[0]]
        for line in self.lines[1:]:
            if self._begins(group[-1], line):
                yield group
                group = []
            group.append(line)
        yield group

    def level(self, group: Sequence[Line]) -> int | None:
        """Return the level of a heading, None of a paragraph."""
        if not self._is_large(group[0]) or sum(len(line.words) for line in group) > HEADING_WORDS:
            return None
        return self.levels[group[0].turned][self._size(group[0])]

    def _is_large(self, line: Line) -> bool:
        return line.height >= HEADING * self.bodies[line.turned]

    def _size(self, line: Line) -> int:
        """Return the size of a line's letters; what differs by less than a tenth is one."""
        return round(10 * line.height / self.bodies[line.turned])

    def _begins(self, before: Line, line: Line) -> bool:
        """Whether a line begins a paragraph, or goes on with the one before."""
        if self._is_large(before) != self._is_large(line) or (
            self._is_large(line) and abs(self._size(before) - self._size(line)) > 1
        ):
            return True
        apart = (before.page, before.column) != (line.page, line.column)
        if not apart and (line.top - before.top > ROOM * self.pitch or line.top <= before.top):
            return True
        if before.text.endswith(tuple(HYPHENS)):
            return False
        if self._is_large(line):
            return apart
        # Had the next word found room in the line, the line was ended on purpose.
        if self._room(before) > line.first + self.body / 2:
            return True
        return (self._indent(line) > self.body * 0.6 >= self._indent(before)) or (apart and _is_ended(before))

    def _room(self, line: Line) -> float:
        """Return how much of the column is free behind a line."""
        left, right = self.edges[line.page, line.column]
        return line.left - left if line.turned else right - line.right

    def _indent(self, line: Line) -> float:
        left, right = self.edges[line.page, line.column]
        return right - line.right if line.turned else line.left - left


def _levels(sizes: Iterable[int]) -> dict[int, int]:
    """Return the level of headings of each size, the largest first; what hardly differs is one level."""
    levels: dict[int, int] = {}
    level, largest = 0, 0
    for size in sorted(set(sizes), reverse=True):
        if not level or size < LIKE * largest:
            level, largest = min(level + 1, 6), size
        levels[size] = level
    return levels


def _body(lines: Sequence[Line], *, turned: bool) -> float:
    heights = [line.height for line in lines if line.turned == turned for _word in line.words]
    return float(median(heights or [line.height for line in lines])) or 1.0


def _by_column(lines: Iterable[Line]) -> dict[tuple[int, int], list[Line]]:
    found: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        found.setdefault((line.page, line.column), []).append(line)
    return found


def _edges(lines: Sequence[Line]) -> tuple[int, int]:
    return min(line.left for line in lines), max(line.right for line in lines)


def _pitch(lines: Sequence[Line], body: float) -> float:
    """Return how far a line lies below the one before, as a rule."""
    steps = [
        later.top - line.top
        for line, later in pairwise(lines)
        if (line.page, line.column) == (later.page, later.column) and 0 < later.top - line.top < 3 * body
    ]
    return float(median(steps)) if steps else 2 * body


def _is_ended(line: Line) -> bool:
    return line.text.rstrip(CLOSING).endswith(tuple(ENDS))


def _break(page: int) -> dict[str, Any]:
    return {"unit": "page", "n": str(page)}


def _write(builder: TextBuilder, group: Sequence[Line], level: int | None, begun: int) -> int:
    """Write one block; return the last page that has begun. `begun` is that before it."""
    run, halves = Run(), []
    for place, line in enumerate(group):
        if place:
            if group[place - 1].text.endswith(tuple(HYPHENS)):
                halves.append(run.length)
            run.write(" ")
        run.breaks += [(run.length, _break(page)) for page in range(begun + 1, line.page + 1)]
        begun = max(begun, line.page)
        run.write(line.text)
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    builder.add(kind, run, path=str(len(builder.blocks) + 1), level=level)
    start = builder.blocks[-1].start
    builder.problems += [_divided(run.text, at, start) for at in halves]
    return begun


def _divided(text: str, at: int, start: int) -> Problem:
    """Return the problem of a word whose halves stand before and behind the end of a line, at `at` of the block.

    The hyphen and the space are to be taken out, and nothing else: the mark of a page may lie over the second half.
    """
    head, tail = text[:at].split(" ")[-1], text[at + 1 :].split(" ")[0]
    begin, end = at - 1, at + 1
    return Problem(
        ProblemKind.DIVIDED_WORD, start + begin, start + end, context_of(text, begin, end),
        proposal={"op": "replace_span", "text": ""}, params={"before": head, "after": tail},
    )  # fmt: skip
