"""What the parser takes for data about a document, where it stood in the document as words."""

from __future__ import annotations

from typing import Any

from archive.importers.ast.builder import Run
from archive.importers.ast.inlines import InlineWriter, Node, Notes

#: In the order in which a title page has them.
FRONT = ("title", "subtitle", "author", "date", "abstract")


def front_blocks(meta: dict[str, Any]) -> list[Node]:
    """Return blocks for the words of a title page: the title a heading, the others paragraphs."""
    blocks: list[Node] = []
    for name in FRONT:
        for nodes in _blocks(meta.get(name)):
            if name == "title" and nodes["t"] == "Para":
                blocks.append({"t": "Header", "c": [1, ["", [], []], nodes["c"]]})
            else:
                blocks.append(nodes)
    return blocks


def plain_text(value: Any) -> str:
    """Return the words of a value without marks."""
    run = Run()
    writer = InlineWriter(run, source=None, notes=Notes())
    for block in _blocks(value):
        if block["t"] == "Para":
            writer.write(block["c"])
    return " ".join(run.text.split())


def _blocks(value: Any) -> list[Node]:
    if not value:
        return []
    tag, content = value["t"], value["c"]
    if tag == "MetaInlines":
        return [{"t": "Para", "c": content}]
    if tag == "MetaBlocks":
        return list(content)
    if tag == "MetaString":
        return [{"t": "Para", "c": [{"t": "Str", "c": content}]}] if content else []
    if tag == "MetaList":
        return [block for each in content for block in _blocks(each)]
    return []
