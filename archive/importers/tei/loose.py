"""Letters and elements of TEI that stand between blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from archive.importers.tei.inlines import Element, Inlines
from archive.importers.tei.words import Node, paragraph


@dataclass(slots=True)
class Loose:
    """Gathers them into a paragraph; each paragraph has a writer of its own, which spaces its words."""

    make: Callable[[], Inlines]
    writer: Inlines | None = None
    nodes: list[Node] = field(default_factory=list)

    def _writer(self) -> Inlines:
        if self.writer is None:
            self.writer = self.make()
        return self.writer

    def letters(self, words: str | None) -> None:
        """Take letters in; white space alone begins no paragraph."""
        if words and (words.strip() or self.nodes):
            self._writer().letters(words, self.nodes)

    def element(self, element: Element) -> None:
        """Take an element in."""
        self.nodes += self._writer().element(element)

    def done(self) -> list[Node]:
        """Return the paragraph, if there is one, and begin anew."""
        nodes = self.nodes
        if self.writer is not None and self.writer.last is not None:
            self.writer.last["c"] = self.writer.last["c"].rstrip(" ")
        self.writer, self.nodes = None, []
        return [paragraph(nodes)] if nodes else []
