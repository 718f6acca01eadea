"""Changes of marks; the words stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.enums import MarkKind
from archive.errors import OperationRefused
from archive.text.operations.moot import still_open
from archive.text.operations.rope import block_at, with_marks
from archive.text.types import Mark, ParsedText


def set_link(parsed: ParsedText, mark_index: int, href: str) -> ParsedText:
    """Give a link another target."""
    mark, href = _mark(parsed, mark_index), href.strip()
    if mark.kind != MarkKind.LINK or not href or any(letter.isspace() for letter in href):
        raise OperationRefused("no_link", index=mark_index, href=href)
    return _with(parsed, mark_index, [replace(mark, attrs={**mark.attrs, "href": href})])


def remove_mark(parsed: ParsedText, mark_index: int) -> ParsedText:
    """Take a mark off its words."""
    if _mark(parsed, mark_index).kind == MarkKind.LINE_BREAK:
        raise OperationRefused("no_such_mark", index=mark_index)
    return _with(parsed, mark_index, [])


def add_mark(
    parsed: ParsedText, kind: MarkKind, start: int, end: int, *, attrs: dict[str, Any] | None = None
) -> ParsedText:
    """Put a mark on [start, end), which lies in one block."""
    if not 0 <= start < end <= len(parsed.content) or kind == MarkKind.LINE_BREAK:
        raise OperationRefused("outside_text", start=start, end=end, length=len(parsed.content))
    if end > parsed.blocks[block_at(parsed, start)].end:
        raise OperationRefused("crosses_blocks", start=start, end=end)
    return with_marks(parsed, [*parsed.marks, Mark(kind, start, end, attrs or {})])


def _mark(parsed: ParsedText, index: int) -> Mark:
    if not 0 <= index < len(parsed.marks):
        raise OperationRefused("no_such_mark", index=index)
    return parsed.marks[index]


def _with(parsed: ParsedText, index: int, marks: list[Mark]) -> ParsedText:
    changed = with_marks(parsed, [*parsed.marks[:index], *marks, *parsed.marks[index + 1 :]])
    return replace(changed, problems=still_open(changed, changed.problems))
