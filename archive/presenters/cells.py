"""Cells of a table that a spreadsheet will open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

#: What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def row(cells: Iterable[object]) -> str:
    """Return one line of CSV (RFC 4180)."""
    line = io.StringIO()
    csv.writer(line).writerow([harmless("" if cell is None else str(cell)) for cell in cells])
    return line.getvalue()
