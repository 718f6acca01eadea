"""The invariants of a text; whatever makes or changes one must keep them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from archive.enums import BlockKind, MarkKind
from archive.text.paths import renumbered
from archive.text.types import ParsedText

MAX_LEVEL = 6


class BrokenTextError(ValueError):
    """A text breaks an invariant: a mistake in our code, never of the person who uses it."""


def check(parsed: ParsedText) -> None:
    """Raise BrokenTextError unless blocks tile the content, marks lie in blocks, and the rest fits."""
    for broken in _broken(parsed):
        raise BrokenTextError(broken)


def _broken(parsed: ParsedText) -> Iterator[str]:
    yield from _broken_content(parsed)
    yield from _broken_blocks(parsed)
    yield from _broken_marks(parsed)
    for name, items in (("problem", parsed.problems), ("repair", parsed.repairs)):
        for item in items:
            if not 0 <= item.start <= item.end <= len(parsed.content):
                yield f"{name} {item.kind} at {item.start}-{item.end} is outside the content"


def _broken_content(parsed: ParsedText) -> Iterator[str]:
    if "\0" in parsed.content:
        yield "the content holds a NUL"
    try:
        parsed.content.encode()
    except UnicodeEncodeError:
        yield "the content holds half a surrogate pair"


def _broken_blocks(parsed: ParsedText) -> Iterator[str]:
    at = 0
    for number, block in enumerate(parsed.blocks):
        if number and parsed.content[at : at + 1] != "\n":
            yield f"no newline before block {number}"
        if block.start != (at + 1 if number else 0) or block.end < block.start:
            yield f"block {number} is at {block.start}-{block.end}, expected after {at}"
        at = block.end
        if (block.level is not None) != (block.kind == BlockKind.HEADING):
            yield f"block {number} is a {block.kind} with level {block.level}"
        if block.level is not None and not 1 <= block.level <= MAX_LEVEL:
            yield f"block {number} has level {block.level}"
    if at != len(parsed.content):
        yield f"blocks end at {at}, the content at {len(parsed.content)}"
    if renumbered(parsed.blocks) != parsed.blocks:
        yield "paths are not counted without holes"


def _broken_marks(parsed: ParsedText) -> Iterator[str]:
    starts = [block.start for block in parsed.blocks]
    breaks = set()
    for mark in parsed.marks:
        block = parsed.blocks[bisect_right(starts, mark.start) - 1] if starts else None
        if block is None or not block.start <= mark.start < mark.end <= block.end:
            yield f"mark {mark.kind} at {mark.start}-{mark.end} is not inside one block"
        elif mark.kind == MarkKind.LINE_BREAK:
            breaks.add(mark.start)
            if parsed.content[mark.start : mark.end] != "\n" or block.kind == BlockKind.CODE:
                yield f"line break at {mark.start} is over no newline of prose"
    if list(parsed.marks) != sorted(parsed.marks, key=lambda mark: (mark.start, -mark.end)):
        yield "marks are not in order"
    for block in parsed.blocks:
        if block.kind != BlockKind.CODE:
            at = parsed.content.find("\n", block.start, block.end)
            while at >= 0:
                if at not in breaks:
                    yield f"newline at {at} has no line break"
                at = parsed.content.find("\n", at + 1, block.end)
