"""The containers of the tree while they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.enums import BlockKind
from archive.importers.ast.source import Place


@dataclass(slots=True)
class Frame:
    """A container that is being read: its path, its containers, and how many children it has had."""

    path: str = ""
    containers: tuple[Any, ...] = ()
    children: int = 0
    #: Leaf blocks met in it.
    leaves: int = 0
    place: Place | None = None

    def next_path(self) -> str:
        """Return the path of the next child."""
        self.children += 1
        return f"{self.path}.{self.children}" if self.path else str(self.children)

    def inner(self, name: str, **attrs: Any) -> Frame:
        """Open a container in this one."""
        path = self.next_path()
        return Frame(path, (*self.containers, (name, path, attrs)), place=self.place)

    @property
    def name(self) -> str:
        """The kind of this container, "" for the text itself."""
        return str(self.containers[-1][0]) if self.containers else ""

    @property
    def kind(self) -> BlockKind:
        """What a paragraph that comes next in this container is."""
        if self.name == "item" and not self.leaves and not self.children:
            return BlockKind.LIST_ITEM
        if self.name == "quote":
            return BlockKind.QUOTE
        names = {container[0] for container in self.containers}
        return BlockKind.TABLE if names & {"cell", "caption"} else BlockKind.PARAGRAPH
