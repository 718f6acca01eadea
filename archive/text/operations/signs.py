"""What a typed block is, and in which containers it stands: the sign before it against what stood there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archive.enums import BlockKind
from archive.text.markdown import UNSIGNED, Typed
from archive.text.operations.blocks import TIMES
from archive.text.operations.placing import NEW_LIST, without_item
from archive.text.paths import Container, containers_of, with_containers
from archive.text.types import Block

NEW_QUOTE = "new quote"
#: What a block that has no sign goes on being when it is split.
STAYING = frozenset({BlockKind.VERSE, BlockKind.TABLE, BlockKind.CODE})


def as_typed(source: Block, typed: Typed, *, rest: bool, before: Block | None, number: int) -> Block:
    """Return what `typed` is, that stands where `source` stood; `rest` of those that came out of it after the first.

    `before` is the block before it, whose list or quotation it may go on with; `number` tells it from all others.
    """
    if not rest and _is_same(source, typed):
        return source
    own = _outside(source)
    if typed.kind == BlockKind.LIST_ITEM:
        return _made(source, typed, [*_list(own, before, typed), ("item", f"new item {number}", {})])
    if typed.kind == BlockKind.QUOTE:
        return _made(source, typed, _quote(own, before))
    if typed.kind == BlockKind.HEADING:
        return _made(source, typed, own)
    kind = source.kind if source.kind in STAYING else _prose(own)
    return _made(source, replace(typed, kind=kind), own)


def _is_same(source: Block, typed: Typed) -> bool:
    if source.kind in UNSIGNED or (
        typed.kind is None and source.kind in {BlockKind.PARAGRAPH, BlockKind.VERSE}
    ):
        return True
    if source.kind != typed.kind or source.level != typed.level:
        return False
    containers = containers_of(source)
    listed = len(containers) >= 2 and bool(containers[-2][2].get("ordered"))
    return source.kind != BlockKind.LIST_ITEM or listed == typed.ordered


def _outside(source: Block) -> list[Container]:
    """Return the containers of a block without the one that its own sign speaks of."""
    containers = containers_of(source)
    if source.kind == BlockKind.LIST_ITEM:
        return without_item(containers)
    if source.kind == BlockKind.QUOTE and containers and containers[-1][0] == "quote":
        return containers[:-1]
    return containers


def _made(source: Block, typed: Typed, containers: Sequence[Container]) -> Block:
    kind = typed.kind or BlockKind.PARAGRAPH
    attrs: dict[str, Any] = {name: value for name, value in source.attrs.items() if name in TIMES}
    level = typed.level if kind == BlockKind.HEADING else None
    return with_containers(replace(source, kind=kind, level=level, attrs=attrs), containers)


def _prose(containers: Sequence[Container]) -> BlockKind:
    """Return what a paragraph is in these containers."""
    names = {name for name, _path, _attrs in containers}
    if containers and containers[-1][0] == "quote":
        return BlockKind.QUOTE
    return BlockKind.TABLE if names & {"cell", "caption"} else BlockKind.PARAGRAPH


def _list(own: list[Container], before: Block | None, typed: Typed) -> list[Container]:
    """Return the list that a point enters: that of the block before it if it is of the kind, else a new one."""
    if own and own[-1][0] == "item":  # A paragraph of a point becomes the next point.
        own = without_item(own)
    near = containers_of(before) if before else []
    if len(near) >= len(own) + 2 and _same(near[: len(own)], own):
        name, _path, attrs = near[len(own)]
        if name == "list" and bool(attrs.get("ordered")) == typed.ordered:
            return [*own, near[len(own)]]
    if not typed.ordered:
        return [*own, ("list", NEW_LIST, {"ordered": False})]
    return [*own, ("list", f"{NEW_LIST} in order", {"ordered": True, "start": typed.number})]


def _quote(own: list[Container], before: Block | None) -> list[Container]:
    if own and own[-1][0] == "quote":  # A heading of a quotation, say, becomes words of it.
        return own
    near = containers_of(before) if before else []
    if len(near) > len(own) and _same(near[: len(own)], own) and near[len(own)][0] == "quote":
        return [*own, near[len(own)]]
    return [*own, ("quote", NEW_QUOTE, {})]


def _same(left: Sequence[Container], right: Sequence[Container]) -> bool:
    return [each[:2] for each in left] == [each[:2] for each in right]
