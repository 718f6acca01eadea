"""A new text out of pieces of an old one.

An operation says of which pieces each new block consists: kept slices of the old content, and fresh text
that may stand for an old slice. From that alone follow the new content and where every mark, problem and
repair goes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.enums import BlockKind, MarkKind
from archive.errors import OperationRefused
from archive.text.operations.moot import OF_WORDS, still_open
from archive.text.paths import renumbered
from archive.text.types import Block, Mark, ParsedText, Problem

#: A mark stays when at least one in so many of its code points does, or when all the change was inside it.
SURVIVING_SHARE = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Old code points [start, end), kept as they are, or replaced by `text`."""

    start: int
    end: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A block of the new text: what it is, and its pieces. The offsets of `block` do not count."""

    block: Block
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A piece at its new place, `[at, to)`, in block number `block`."""

    piece: Piece
    at: int
    to: int
    block: int

    def interval(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the part of [start, end) that lies in this piece is now."""
        piece = self.piece
        if piece.text is not None:
            covered = start <= piece.start < piece.end <= end
            return (self.at, self.to) if covered and self.to > self.at else None
        begin, stop = max(start, piece.start), min(end, piece.end)
        return (self.at + begin - piece.start, self.at + stop - piece.start) if begin < stop else None


def whole(block: Block) -> Made:
    """Return a block as it was."""
    return Made(block, (Piece(block.start, block.end),))


def block_at(parsed: ParsedText, offset: int) -> int:
    """Return the index of the block that holds an offset; the newline after a block belongs to it."""
    if not 0 <= offset <= len(parsed.content) or not parsed.blocks:
        raise OperationRefused("outside_text", offset=offset, length=len(parsed.content))
    return bisect_right([block.start for block in parsed.blocks], offset) - 1


def block_of(parsed: ParsedText, index: int) -> Block:
    """Return a block by its index; raises OperationRefused `no_such_block`."""
    if not 0 <= index < len(parsed.blocks):
        raise OperationRefused("no_such_block", index=index, blocks=len(parsed.blocks))
    return parsed.blocks[index]


def storable(text: str) -> str:
    """Return typed text with "\\n" as line end.

    Raises OperationRefused `unstorable` for what cannot be kept.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise OperationRefused("unstorable")
    return text


def rebuild(
    parsed: ParsedText, made: Sequence[Made], *, changed: Sequence[tuple[int, int]] = ()
) -> ParsedText:
    """Return the text that consists of the blocks `made`; `changed` are the old spans that were edited, in order."""
    if not made:
        raise OperationRefused("empty_text")
    laid, blocks, content = _lay(parsed, made)
    by_start = sorted(laid, key=lambda each: (each.piece.start, each.piece.end))
    index = _Index(by_start)
    edited = [span for span in changed if span[0] < span[1]]
    marks = [new for mark in parsed.marks for new in _moved_mark(mark, index, edited)]
    result = replace(
        parsed,
        content=content,
        blocks=renumbered(blocks),
        marks=(),
        repairs=tuple(replace(each, **index.hull(each.start, each.end)) for each in parsed.repairs),
        problems=(),
    )
    result = with_marks(result, marks)
    return replace(result, problems=still_open(result, _moved_problems(parsed, content, index)))


def with_marks(parsed: ParsedText, marks: Iterable[Mark]) -> ParsedText:
    """Return the text with these marks in order and a line break over each newline in a block of prose."""
    kept = [mark for mark in marks if mark.kind != MarkKind.LINE_BREAK]
    for block in parsed.blocks:
        if block.kind == BlockKind.CODE:
            continue
        at = parsed.content.find("\n", block.start, block.end)
        while at >= 0:
            kept.append(Mark(MarkKind.LINE_BREAK, at, at + 1))
            at = parsed.content.find("\n", at + 1, block.end)
    return replace(parsed, marks=tuple(sorted(kept, key=lambda mark: (mark.start, -mark.end))))


def _lay(parsed: ParsedText, made: Sequence[Made]) -> tuple[list[_Laid], list[Block], str]:
    laid: list[_Laid] = []
    blocks: list[Block] = []
    parts: list[str] = []
    at = 0
    for number, each in enumerate(made):
        if number:
            parts.append("\n")
            at += 1
        start = at
        for piece in each.pieces:
            text = parsed.content[piece.start : piece.end] if piece.text is None else piece.text
            parts.append(text)
            laid.append(_Laid(piece, at, at + len(text), number))
            at += len(text)
        blocks.append(replace(each.block, start=start, end=at))
    return laid, blocks, "".join(parts)


class _Index:
    """Finds the pieces that an old span lies in."""

    def __init__(self, laid: Sequence[_Laid]) -> None:
        self.laid = laid
        self.starts = [each.piece.start for each in laid]

    def over(self, start: int, end: int) -> Iterable[_Laid]:
        """Yield the pieces that touch [start, end)."""
        number = max(0, bisect_right(self.starts, start) - 1)
        while number and self.laid[number - 1].piece.end >= start:
            number -= 1
        while number < len(self.laid) and self.laid[number].piece.start <= end:
            yield self.laid[number]
            number += 1

    def hull(self, start: int, end: int) -> dict[str, Any]:
        """Return the new span from the first to the last of what is left; an empty one when nothing is."""
        found = [interval for each in self.over(start, end) if (interval := each.interval(start, end))]
        if found:
            return {"start": min(first for first, _ in found), "end": max(last for _, last in found)}
        near = self._near(start)
        return {"start": near, "end": near}

    def _near(self, start: int) -> int:
        """Return the new offset next to where an old one was."""
        each = self.laid[max(0, bisect_right(self.starts, start) - 1)]
        if each.piece.start <= start <= each.piece.end and each.piece.text is None:
            return each.at + start - each.piece.start
        return each.to if each.piece.start <= start else each.at


def _moved_problems(parsed: ParsedText, content: str, index: _Index) -> Iterable[Problem]:
    for problem in parsed.problems:
        moved = replace(problem, **index.hull(problem.start, problem.end))
        words = parsed.content[problem.start : problem.end]
        if problem.kind not in OF_WORDS or content[moved.start : moved.end] == words:
            yield moved


def _moved_mark(mark: Mark, index: _Index, edited: Sequence[tuple[int, int]]) -> list[Mark]:
    """Return the mark where its words are now, one for each block that has some of them."""
    place = bisect_left(edited, (mark.start, 0))
    changed = edited[place] if place < len(edited) else None
    spans: dict[int, tuple[int, int]] = {}
    kept = 0
    for each in index.over(mark.start, mark.end):
        interval = each.interval(mark.start, mark.end)
        if interval:
            kept += interval[1] - interval[0] if each.piece.text is None else 0
            first, last = spans.get(each.block, interval)
            spans[each.block] = (min(first, interval[0]), max(last, interval[1]))
    if changed and mark.start <= changed[0] and changed[1] <= mark.end:
        for each in index.over(*changed):
            if changed[0] <= each.piece.start and each.piece.end <= changed[1] and each.at < each.to:
                first, last = spans.get(each.block, (each.at, each.to))
                spans[each.block] = (min(first, each.at), max(last, each.to))
    elif kept * SURVIVING_SHARE < mark.end - mark.start:
        return []
    return [replace(mark, start=start, end=end) for start, end in spans.values()]
