"""A long text in parts, each a file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotations.exports.books.tree import Leaf, Node, leaves

#: Code points after which a part goes on in another file.
LONGEST = 60_000


def cut(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield the text a part at a time: at its headings, and where one would be too long for a small device."""
    part: list[Node] = []
    size = 0
    for node in nodes:
        is_new = isinstance(node, Leaf) and node.kind == "heading" and node.level <= 2
        holds_words = any(not (isinstance(one, Leaf) and one.kind == "heading") for one in part)
        if part and ((is_new and holds_words) or size > LONGEST):
            yield part
            part, size = [], 0
        part.append(node)
        size += sum(len(leaf.words) for leaf in leaves([node]))
    if part:
        yield part
