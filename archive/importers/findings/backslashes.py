r"""Addresses whose visible words have the backslash of an escape: `watch?v=a\_b`.

A converter that escapes what was escaped already writes `a\\_b` in Markdown, which says a backslash and an
underscore. No address has a backslash (RFC 3986), so taking it out is proposed; the words are the source, so a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.text.context import context_of
from archive.text.types import ParsedText, Problem

#: Backslashes before a sign that Markdown lets one escape and that is common in addresses; those of regular
#: expressions (full stop, brackets, question mark) are left alone.
ESCAPE = re.compile(r"\\+(?=[-_*~#&=@!%/])")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”]+", re.IGNORECASE)
SCHEME = re.compile(r"https?://", re.IGNORECASE)


def find(parsed: ParsedText) -> list[Problem]:
    """Return a problem for each address with such a backslash, proposing it without."""
    if "\\" not in parsed.content:
        return []
    taken = bytearray(len(parsed.content))
    for block in parsed.blocks:
        if block.kind == BlockKind.CODE:
            _take(taken, block.start, block.end)
    for mark in parsed.marks:
        if mark.kind == MarkKind.CODE:
            _take(taken, mark.start, mark.end)
    problems = []
    for start, end in (*_linked(parsed), *_bare(parsed.content)):
        words = parsed.content[start:end]
        mended = ESCAPE.sub("", words)
        if mended == words or any(taken[start:end]):
            continue
        _take(taken, start, end)
        proposal = {"op": "replace_span", "text": mended}
        context = context_of(parsed.content, start, end)
        problems.append(Problem(ProblemKind.STRAY_BACKSLASH, start, end, context, proposal=proposal))
    return problems


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _linked(parsed: ParsedText) -> Iterator[tuple[int, int]]:
    """Yield the links whose words are their own target but for backslashes, however the words begin."""
    for mark in parsed.marks:
        words = parsed.content[mark.start : mark.end]
        if mark.kind == MarkKind.LINK and "\\" in words:
            target = SCHEME.sub("", str(mark.attrs.get("href", "")))
            if SCHEME.sub("", ESCAPE.sub("", words)).strip() == target:
                yield mark.start, mark.end


def _bare(content: str) -> Iterator[tuple[int, int]]:
    for found in ADDRESS.finditer(content):
        yield found.start(), found.start() + len(found.group().rstrip(".,;:!?)]}،؛؟…"))
