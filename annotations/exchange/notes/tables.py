"""Rows of tables by what their columns are called, in whichever case and spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from annotations.exchange.notes.records import LONGEST_TAG, clean
from archive.importers.tables import Table


def folded(header: str) -> str:
    """Return a heading without case, and with one space for whatever parts its words."""
    return re.sub(r"[\s_\-]+", " ", header.strip().lower().removeprefix("\ufeff"))


class Rows:
    """The rows of a table; `columns` says under which headings each thing is known."""

    def __init__(self, table: Table, columns: Mapping[str, Sequence[str]]) -> None:
        heads = [folded(header) for header in table.headers]
        self._rows = table.rows
        self._at = {
            name: next((heads.index(head) for head in known if head in heads), -1) for name, known in columns.items()
        }  # fmt: skip

    def has(self, *names: str) -> bool:
        """Whether there are columns of all these."""
        return all(self._at.get(name, -1) >= 0 for name in names)

    def __iter__(self) -> Iterator[tuple[int, Callable[[str], str]]]:
        for line, cells in self._rows:
            yield line, lambda name, cells=cells: self._cell(cells, name)

    def _cell(self, cells: Sequence[str], name: str) -> str:
        at = self._at.get(name, -1)
        return clean(cells[at]) if 0 <= at < len(cells) else ""

    @staticmethod
    def parted(cell: str, signs: str) -> list[str]:
        """Return the parts of a cell that holds several things."""
        return [
            part.strip()[:LONGEST_TAG] for part in re.split(f"[{re.escape(signs)}]", cell) if part.strip()
        ][:100]
