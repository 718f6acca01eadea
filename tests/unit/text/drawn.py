"""Texts drawn in one string, so that a test shows what it means.

Blocks are lines; `# ` is a heading, `- ` a point of one list, `> ` a quotation, `! ` a picture;
`[words](target)` is a link, `*words*` emphasis.
"""

from __future__ import annotations

import re

from archive.enums import BlockKind, MarkKind
from archive.importers.ast.builder import Run, TextBuilder
from archive.text.operations import check
from archive.text.types import ParsedText, Problem

PREFIXES = {"# ": BlockKind.HEADING, "- ": BlockKind.LIST_ITEM, "> ": BlockKind.QUOTE, "! ": BlockKind.FIGURE}
TOKENS = re.compile(r"\[([^\]]*)\]\(([^)]*)\)|\*([^*]+)\*|([^\[*]+)")


def drawn(picture: str, *, problems: tuple[Problem, ...] = ()) -> ParsedText:
    """Return the text that the picture shows."""
    builder = TextBuilder()
    for number, line in enumerate(picture.split("\n"), start=1):
        kind = PREFIXES.get(line[:2], BlockKind.PARAGRAPH)
        run = _run(line[2:] if line[:2] in PREFIXES else line)
        containers: list[tuple[str, str, dict[str, object]]] = []
        if kind == BlockKind.LIST_ITEM:
            containers = [("list", "l", {"ordered": False}), ("item", f"i{number}", {})]
        elif kind == BlockKind.QUOTE:
            containers = [("quote", "q", {})]
        level = 2 if kind == BlockKind.HEADING else None
        builder.add(kind, run, path=str(number), containers=containers, level=level)
    text = builder.finish()
    parsed = ParsedText(text.content, text.blocks, text.marks, problems)
    check(parsed)
    return parsed


def _run(line: str) -> Run:
    run = Run()
    for linked, href, emphatic, plain in TOKENS.findall(line):
        start = run.length
        run.write(linked or emphatic or plain)
        if linked:
            run.mark(MarkKind.LINK, start, href=href)
        elif emphatic:
            run.mark(MarkKind.EMPHASIS, start)
    return run


def shown(parsed: ParsedText) -> str:
    """Return the picture of a text."""
    return "\n".join(_line(parsed, number) for number in range(len(parsed.blocks)))


def _line(parsed: ParsedText, number: int) -> str:
    block = parsed.blocks[number]
    text = parsed.content[block.start : block.end]
    inside = [mark for mark in parsed.marks if block.start <= mark.start and mark.end <= block.end]
    for mark in reversed(inside):
        first, last = mark.start - block.start, mark.end - block.start
        if mark.kind == MarkKind.LINK:
            text = f"{text[:first]}[{text[first:last]}]({mark.attrs['href']}){text[last:]}"
        elif mark.kind == MarkKind.EMPHASIS:
            text = f"{text[:first]}*{text[first:last]}*{text[last:]}"
    prefix = {kind: sign for sign, kind in PREFIXES.items()}.get(block.kind, "")
    return prefix + text
