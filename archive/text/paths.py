"""The numbers of blocks among their containers, made anew after every change of structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from archive.text.types import Block

#: A container as a block tells it: name, path, attributes.
Container = tuple[str, str, dict[str, Any]]


@dataclass(slots=True)
class _Open:
    identity: tuple[str, str]
    path: str
    children: int = 0
    #: Attributes as written, so that all blocks of a container agree.
    attrs: dict[str, Any] = field(default_factory=dict)

    def next_path(self) -> str:
        self.children += 1
        return f"{self.path}.{self.children}" if self.path else str(self.children)


def containers_of(block: Block) -> list[Container]:
    """Return the containers of a block from the outside in."""
    return [(name, path, dict(attrs)) for name, path, attrs in block.attrs.get("container", ())]


def with_containers(block: Block, containers: Sequence[Container]) -> Block:
    """Return the block in other containers."""
    attrs = {name: value for name, value in block.attrs.items() if name != "container"}
    if containers:
        attrs["container"] = [list(container) for container in containers]
    return replace(block, attrs=attrs)


def renumbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with paths that count without holes.

    Neighbors that name the same container stay in one; where another block came between, there are two from now on.
    """
    done: list[Block] = []
    stack = [_Open(("", ""), "")]
    for block in blocks:
        containers = containers_of(block)
        depth = 0
        while depth < min(len(containers), len(stack) - 1):
            if stack[depth + 1].identity != containers[depth][:2]:
                break
            depth += 1
        del stack[depth + 1 :]
        for name, path, attrs in containers[depth:]:
            stack.append(_Open((name, path), stack[-1].next_path(), attrs=attrs))
        named = [(opened.identity[0], opened.path, opened.attrs) for opened in stack[1:]]
        path = stack[-1].next_path()
        if path == block.path and named == containers:
            done.append(block)
        else:
            done.append(with_containers(replace(block, path=path), named))
    return tuple(done)
