"""What stands in the source and was not read: told, so that no visible word is lost in silence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from archive.enums import ProblemKind
from archive.importers.ast.builder import TextBuilder
from archive.importers.ast.source import SourceLines, index_of
from archive.importers.references import definitions
from archive.text.context import context_of
from archive.text.types import Problem, Repair


def report(source: SourceLines, builder: TextBuilder) -> None:
    """Add a repair for each definition of a link, and a problem for all other words that were left out."""
    defined: set[int] = set()
    for definition in definitions(source.lines, source.read):
        defined.update(range(definition.start, definition.end))
        written = "\n".join(source.lines[definition.start : definition.end])
        place = _offset(builder, definition.start + 1)
        builder.repairs.append(Repair("definition", place[0], place[0], before=written, after=""))
    content = "\n".join(builder.parts)
    for line, words in _unread(source, defined):
        start, end = _offset(builder, line)
        params = {"reason": "left_out", "text": words, "line": line}
        context = context_of(content, start, end)
        builder.problems.append(Problem(ProblemKind.UNSUPPORTED, start, end, context, params=params))


def _unread(source: SourceLines, defined: set[int]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.lines, start=1):
        column = source.read.get(number)
        rest = line if column is None else line[index_of(line, column) :]
        if number - 1 in defined:
            continue
        if any(letter.isalnum() for letter in rest):
            yield number, rest.strip()


def _offset(builder: TextBuilder, line: int) -> tuple[int, int]:
    """Return the span of the block that stands at a line of the source, or last before it."""
    lines = [layout.line or 0 for layout in builder.layout]
    index = max(0, bisect_right(lines, line) - 1)
    block = builder.blocks[index] if builder.blocks else None
    return (block.start, block.end) if block else (0, 0)
