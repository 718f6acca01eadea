"""In which containers a block comes to stand that is new there."""

from __future__ import annotations

from collections.abc import Sequence

from archive.enums import BlockKind
from archive.text.paths import Container, containers_of
from archive.text.types import Block

#: Containers that hold other containers only, never a block.
OUTER = frozenset({"list", "table", "row", "definitions"})
#: Paths of containers that are numbered when the text is rebuilt.
NEW_LIST, NEW_ITEM = "new list", "new item"


def new_item(blocks: Sequence[Block], index: int) -> list[Container]:
    """Return the containers of a block that becomes a point: of the list before it, else of a new one."""
    own = containers_of(blocks[index])
    before = containers_of(blocks[index - 1]) if index else []
    depth = len(own)
    if len(before) >= depth + 2 and _same(before[:depth], own) and before[depth][0] == "list":
        return [*own, before[depth], ("item", NEW_ITEM, {})]
    return [*own, ("list", NEW_LIST, {"ordered": False}), ("item", NEW_ITEM, {})]


def without_item(containers: list[Container]) -> list[Container]:
    """Return the containers of a point that leaves its list."""
    return containers[:-2] if len(containers) >= 2 and containers[-1][0] == "item" else containers


def placed_between(blocks: Sequence[Block], index: int, kind: BlockKind) -> list[Container]:
    """Return the containers of a new block before `index`: what its neighbors share and may hold it."""
    before = containers_of(blocks[index - 1]) if index else []
    after = containers_of(blocks[index]) if index < len(blocks) else []
    shared: list[Container] = []
    for left, right in zip(before, after, strict=False):
        if left[:2] != right[:2]:
            break
        shared.append(left)
    if kind == BlockKind.LIST_ITEM:
        while shared and shared[-1][0] in OUTER - {"list"}:
            shared.pop()
        if shared and shared[-1][0] == "item":
            shared.pop()
        if not (shared and shared[-1][0] == "list"):
            shared.append(("list", NEW_LIST, {"ordered": False}))
        return [*shared, ("item", NEW_ITEM, {})]
    while shared and shared[-1][0] in OUTER:
        shared.pop()
    return shared


def _same(left: Sequence[Container], right: Sequence[Container]) -> bool:
    return [each[:2] for each in left] == [each[:2] for each in right]
