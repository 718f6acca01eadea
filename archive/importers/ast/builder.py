"""A text in the making: what the mapping writes, block by block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.text.context import context_of
from archive.text.paths import renumbered
from archive.text.types import Block, Mark, ParsedText, Problem, Repair

WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Run:
    """The inline text of one block, with offsets from its own beginning."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    #: (address, title) of pictures inside the line that have no description.
    images: list[tuple[str, str]] = field(default_factory=list)
    #: (kind, start, end, params) of what looks wrong.
    problems: list[tuple[ProblemKind, int, int, dict[str, Any]]] = field(default_factory=list)
    #: (offset, attrs) of the beginnings of pages.
    breaks: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Append text."""
        self.parts.append(text)
        self.length += len(text)

    def mark(self, kind: MarkKind, start: int, **attrs: Any) -> None:
        """Cover what was written since `start`; a mark over nothing is none."""
        if self.length > start:
            self.marks.append(Mark(kind, start, self.length, attrs))

    @property
    def text(self) -> str:
        """What was written so far."""
        if len(self.parts) > 1:
            self.parts[:] = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    @property
    def last(self) -> str:
        """The last letter written."""
        return next((part[-1] for part in reversed(self.parts) if part), "")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a block stood in its source."""

    #: Empty lines right above it; None where the format has no such thing.
    gap: int | None = None
    #: Its first line, from 1.
    line: int | None = None


class TextBuilder:
    """Collects blocks into one content, each separated from the next by one "\\n"."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.layout: list[Layout] = []
        self.marks: list[Mark] = []
        self.repairs: list[Repair] = []
        self.problems: list[Problem] = []
        self.rule_pending = False
        #: Pages that have begun, with no word on them yet.
        self.breaks: list[dict[str, Any]] = []

    def add(
        self,
        kind: BlockKind,
        run: Run,
        *,
        path: str,
        containers: Sequence[Any] = (),
        level: int | None = None,
        layout: Layout | None = None,
        **attrs: Any,
    ) -> None:
        """Append a block that holds what `run` holds."""
        start = self.length + (1 if self.blocks else 0)
        text = run.text
        if containers:
            attrs["container"] = [list(container) for container in containers]
        if self.rule_pending:
            attrs["rule_before"] = True
            self.rule_pending = False
        self.parts.append(text)
        self.length = start + len(text)
        self.blocks.append(Block(kind, start, self.length, path, level, attrs))
        self.layout.append(layout or Layout())
        self.marks += self._page_marks(run, text, start)
        self.marks += [replace(mark, start=mark.start + start, end=mark.end + start) for mark in run.marks]
        self.repairs += [
            replace(repair, start=repair.start + start, end=repair.end + start) for repair in run.repairs
        ]
        for problem, begin, end, params in run.problems:
            context = context_of(text, begin, end)
            self.problems.append(Problem(problem, start + begin, start + end, context, params=params))

    def _page_marks(self, run: Run, text: str, start: int) -> list[Mark]:
        """Return a mark over the first word of each page; a page without one waits for the next block."""
        begun = [*((0, attrs) for attrs in self.breaks), *run.breaks]
        marks, self.breaks = [], []
        for offset, attrs in begun:
            word = WORD.search(text, offset)
            if word:
                marks.append(Mark(MarkKind.PAGE_BREAK, start + word.start(), start + word.end(), attrs))
            else:
                self.breaks.append(attrs)
        return marks

    def end_pages(self) -> None:
        """Tell of pages that begin after the last word: nothing can be marked as theirs."""
        for attrs in self.breaks:
            before = f"{attrs['unit']} {attrs.get('n', '')}".strip()
            self.repairs.append(Repair("empty_page", self.length, self.length, before=before, after=""))
        self.breaks = []

    def drop(self, run: Run) -> None:
        """Leave out a run without words, but tell what was in it."""
        at = self.length
        self.breaks += [attrs for _offset, attrs in run.breaks]
        self.repairs += [replace(repair, start=at, end=at) for repair in run.repairs]

    def finish(self) -> ParsedText:
        """Return the text, without language, title and findings."""
        self.end_pages()
        if self.rule_pending and self.blocks:
            last = self.blocks[-1]
            self.blocks[-1] = replace(last, attrs={**last.attrs, "rule_after": True})
        return ParsedText(
            content="\n".join(self.parts),
            blocks=renumbered(self.blocks),
            marks=tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end))),
            problems=tuple(self.problems),
            repairs=tuple(self.repairs),
        )
