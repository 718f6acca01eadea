"""Reading a long source in slices of constant memory, with the result of reading it at once.

The parser builds blocks line by line and never reopens one: a top-level block that another one follows is
complete. So each slice is cut anywhere, its last block is thrown away, and the next slice begins where that
block began.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from archive.errors import ImportRefused
from archive.importers.ast.source import SourceLines
from archive.importers.limits import MAX_BLOCK_CODE_POINTS, SLICE_CODE_POINTS

Node = dict[str, Any]
Read = Callable[[str], list[Node]]
LISTS = frozenset({"BulletList", "OrderedList"})
#: Lines that a lead may hold beside those of the source, numbered after its last: an empty one, and one that
#: ends a note, which would else take in indented lines after it.
BORDERS = ("", "[hashiya: end of what was put before]: #")
#: Which lines from elsewhere the lines [start, end) need before them.
Lead = Callable[[int, int], Sequence[int]]


def slices(
    source: SourceLines, read: Read, *, lead: Lead = lambda _start, _end: (), size: int = SLICE_CODE_POINTS
) -> Iterator[tuple[list[Node], bool]]:
    """Yield the top-level nodes of slice after slice, with `source` framed to the slice they are from.

    With them comes whether the first node is the rest of the list that ended the slice before. Raises
    ImportRefused `too_complex` when one block alone is larger than the parser can hold.
    """
    lines, start, wanted, continues = source.lines, 0, size, False
    while start < len(lines):
        end = _end(lines, start, wanted)
        before = lead(start, end)
        source.frame(start, before)
        given = [*(lines[line] if line < len(lines) else BORDERS[line - len(lines)] for line in before)]
        given += [*lines[start:end], ""]
        nodes = read("\n".join(given))
        if end == len(lines):
            yield nodes, continues
            return
        kept, cut, in_list = _cut(nodes, source)
        if cut > start:
            yield kept, continues
            start, wanted, continues = cut, size, in_list
        elif wanted >= MAX_BLOCK_CODE_POINTS:
            raise ImportRefused("too_complex", line=start + 1, limit=MAX_BLOCK_CODE_POINTS)
        else:
            wanted *= 2


def _cut(nodes: list[Node], source: SourceLines) -> tuple[list[Node], int, bool]:
    """Return the complete nodes, the line where the next one begins, and whether it is a point of a list."""
    if len(nodes) > 1:
        return nodes[:-1], _line_of(nodes[-1], source), False
    inner = nodes[0]["c"][1][0] if nodes and nodes[0]["t"] == "Div" and nodes[0]["c"][1] else None
    if inner is None or inner["t"] not in LISTS:
        return [], 0, False
    items = inner["c"] if inner["t"] == "BulletList" else inner["c"][1]
    if len(items) < 2 or not items[-1]:
        return [], 0, False
    line = _line_of(items[-1][0], source)
    # A point whose words begin on a later line than its sign cannot be told by its words.
    sign = re.match(r" {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]+\S", source.lines[line])
    if not sign:
        return [], 0, False
    kept = {**inner, "c": items[:-1] if inner["t"] == "BulletList" else [inner["c"][0], items[:-1]]}
    return [kept], line, True


def _end(lines: Sequence[str], start: int, wanted: int) -> int:
    end, held = start, 0
    while end < len(lines) and held < wanted:
        if len(lines[end]) > MAX_BLOCK_CODE_POINTS:
            raise ImportRefused("too_complex", line=end + 1, limit=MAX_BLOCK_CODE_POINTS)
        held += len(lines[end]) + 1
        end += 1
    return end


def _line_of(node: Node, source: SourceLines) -> int:
    """Return the line, from 0, on which a node begins; 0 when the parser does not say."""
    attr = {"Div": 0, "CodeBlock": 0, "Table": 0, "Header": 1}.get(node["t"])
    place = source.place(node["c"][attr]) if attr is not None else None
    return place.line - 1 if place else 0
