"""Which problems are still open after a change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.text.types import Block, ParsedText, Problem

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE})
#: Problems of the very words that they cover: gone as soon as those words change.
OF_WORDS = frozenset(
    {
        ProblemKind.STRAY_BACKSLASH,
        ProblemKind.TORN_MARK,
        ProblemKind.DIVIDED_WORD,
        ProblemKind.BROKEN_ENCODING,
        ProblemKind.CONTROL_CHARACTER,
        ProblemKind.UNSUPPORTED,
    }
)


def still_open(parsed: ParsedText, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that the text still has, in the order of their places."""
    judge = _Judge(parsed)
    found = [each for each in problems if each.start < each.end and not judge.settled(each)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.kind)))


class _Judge:
    def __init__(self, parsed: ParsedText) -> None:
        self.blocks = parsed.blocks
        self.starts = [block.start for block in parsed.blocks]
        self.links = [mark for mark in parsed.marks if mark.kind == MarkKind.LINK]
        self.link_starts = [link.start for link in self.links]
        self.longest = max((link.end - link.start for link in self.links), default=0)
        self.tests: dict[ProblemKind, Callable[[Problem], bool]] = {
            ProblemKind.HEADING_LEVEL: self._level_fits,
            ProblemKind.MISSING_FIGURE: self._is_no_caption,
            ProblemKind.DEAD_LINK: self._leads_elsewhere,
            ProblemKind.SUSPECTED_CUT: self._is_no_cut,
        }

    def settled(self, problem: Problem) -> bool:
        """Whether the text no longer has this problem."""
        test = self.tests.get(problem.kind)
        return bool(test and test(problem))

    def _block(self, offset: int) -> Block:
        return self.blocks[bisect_right(self.starts, offset) - 1]

    def _level_fits(self, problem: Problem) -> bool:
        block = self._block(problem.start)
        return block.kind != BlockKind.HEADING or block.level != problem.params.get("level", block.level)

    def _is_no_caption(self, problem: Problem) -> bool:
        return self._block(problem.start).kind not in PROSE

    def _leads_elsewhere(self, problem: Problem) -> bool:
        """Whether no link over these words has the lost target any more."""
        href = problem.params.get("href", "")
        first = bisect_left(self.link_starts, problem.start - self.longest)
        last = bisect_left(self.link_starts, problem.end)
        return not any(
            problem.start < link.end and link.attrs.get("href", "") == href for link in self.links[first:last]
        )

    def _is_no_cut(self, problem: Problem) -> bool:
        first, second = self._block(problem.start), self._block(problem.end - 1)
        return first.start == second.start or first.kind not in PROSE or second.kind not in PROSE
