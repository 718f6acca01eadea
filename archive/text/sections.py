"""Cut a long text into sections that are read one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

#: A text of more words than this is shown by sections.
LONG = 10_000
#: What a section has at most, unless a single block has more.
LIMIT = 6_000

Blocks = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks `[first, last)`, which are `content[start:end]`."""

    first: int
    last: int
    start: int
    end: int
    #: The words of its first heading; empty when it has none.
    title: str


def count_words(content: str) -> int:
    """Return how many words a text has, as white space tells."""
    return len(content.split())


def whole(content: str, blocks: Blocks) -> Section:
    """Return the section that is everything."""
    return Section(0, len(blocks), 0, len(content), "")


def sections(content: str, blocks: Blocks, parts: Sequence[int] = ()) -> tuple[Section, ...]:
    """Return the sections of a text; a single one when it is short enough to be read at once.

    Cuts fall before headings of the highest level that comes twice, and inside what is longer than `LIMIT`. `parts` are the
    blocks with which parts of a text begin that is made of several: each is cut for itself.
    """
    sizes = [count_words(content[block["start"] : block["end"]]) for block in blocks]
    if sum(sizes) <= LONG:
        return (whole(content, blocks),)
    edges = sorted({0, *parts, len(blocks)})
    cuts = [cut for first, last in pairwise(edges) for cut in _cuts(blocks, sizes, first, last)]
    return tuple(
        _section(content, blocks, first, last) for first, last in zip(cuts, [*cuts[1:], len(blocks)], strict=True)
    )  # fmt: skip


def _cuts(blocks: Blocks, sizes: Sequence[int], first: int, last: int) -> list[int]:
    """Return the blocks of `[first, last)` before which a section begins, the first among them."""
    level = _cutting_level(blocks[first:last])
    cuts, words = [first], 0
    for index in range(first, last):
        block, size = blocks[index], sizes[index]
        heads = block["kind"] == "heading" and (block.get("level") or 2) <= level
        if index > cuts[-1] and ((heads and words > LIMIT // 4) or words + size > LIMIT):
            cuts.append(index)
            words = 0
        words += size
    return cuts


def _cutting_level(blocks: Blocks) -> int:
    levels = [block.get("level") or 2 for block in blocks if block["kind"] == "heading"]
    repeated = [level for level in sorted(set(levels)) if levels.count(level) > 1]
    return repeated[0] if repeated else 6


def _section(content: str, blocks: Blocks, first: int, last: int) -> Section:
    start, end = blocks[first]["start"], blocks[last - 1]["end"]
    heading = next((b for b in blocks[first:last] if b["kind"] == "heading"), None)
    title = content[heading["start"] : heading["end"]] if heading else ""
    return Section(first, last, start, end, title)
