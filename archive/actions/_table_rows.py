"""What each row of a table would change, worked out in memory: nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from archive.actions._deposit_files import AMBIGUOUS, FilesOf
from archive.actions._new_rows import MAKERS, planned_new
from archive.actions._stored_values import References
from archive.actions._table_cells import Cells
from archive.actions.plan_step import TITLED, describable, planned
from archive.enums import RowOutcome
from archive.errors import HashiyaError, Invalid
from archive.importers.tables import FILE, ID, Table
from archive.models import BulkRow, BulkStep, User
from archive.presenters.collection_tree import whole_tree

Lookup = Callable[[list[str]], Mapping[str, Any]]
#: Items are looked up so many at a time.
BATCH = 500
#: Fields that a cell can leave empty only by leaving them as they are.
NEVER_EMPTY = frozenset({"access", "language", "kind", "order"})


def rows_of(step: BulkStep, table: Table, by: User) -> Iterator[BulkRow]:
    """Yield what each row would change, unsaved; one that cannot be taken says why."""
    columns, empties = step.asked["columns"], step.asked["empties"]
    cells, references, told = Cells(by), References(by), set[int]()
    tree = whole_tree() if step.kind == "collection" else None
    makes = step.asked.get("makes", False)
    key = FILE if FILE in columns and ID not in columns else ID
    at, lookup = columns.index(key) if key in columns else None, _lookup(step, key, by)
    for start in range(0, len(table.rows), BATCH):
        part = table.rows[start : start + BATCH]
        named = [row[at] if at is not None and len(row) > at else "" for _line, row in part]
        items = lookup([cell for cell in named if cell])
        for (line, row), name in zip(part, named, strict=True):
            item, is_new = items.get(name), makes and not name
            try:
                _refuse_width(row, columns)
                if not is_new:
                    _refuse(name, item, told, key, step.kind)
                wanted = _wanted(row, columns, empties and not is_new, cells)
            except HashiyaError as error:
                yield _refused(step, line, name, item, error)
                continue
            if is_new:
                yield planned_new(step, line, wanted, references, tree)
                continue
            assert item is not None
            told.add(item.pk)
            yield planned(step, line, item, wanted, references, tree)


def _lookup(step: BulkStep, key: str, by: User) -> Lookup:
    """Return what finds the items that cells name."""
    if key == FILE and step.deposit is not None:
        return FilesOf(step.deposit, by).items
    return lambda cells: _items(step.kind, cells, by)


def _items(kind: str, cells: list[str], by: User) -> Mapping[str, Any]:
    """Return the items by the cells that name them: by their public ids; works and collections by the addresses of their pages too."""
    names = {_name(cell) for cell in cells}
    found = _named(kind, names, by)
    return {cell: found[name] for cell in cells if (name := _name(cell)) in found}


def _named(kind: str, names: set[str], by: User) -> Mapping[str, Any]:
    rows = describable(kind, by)
    found = {item.public_id: item for item in rows.filter(public_id__in=names)}
    if kind in TITLED:
        found = {item.slug: item for item in rows.filter(slug__in=names)} | found
    return found


def _name(cell: str) -> str:
    """Return the id in a cell, which may be the address of a page."""
    return cell.strip().rstrip("/").rsplit("/", 1)[-1]


def _refuse_width(row: list[str], columns: list[str]) -> None:
    if len(row) < len(columns) or any(row[len(columns) :]):
        raise Invalid("wrong_columns", cells=len(row), columns=len(columns))


def _refuse(name: str, item: Any, told: set[int], key: str, kind: str) -> None:
    if not name and kind in MAKERS:
        raise Invalid("names_no_item")
    if item is AMBIGUOUS:
        raise Invalid("ambiguous_file")
    if item is None:
        raise Invalid("unknown_file" if key == FILE else "unknown_item")
    if item.pk in told:
        raise Invalid("twice_in_table")


def _wanted(row: list[str], columns: list[str], empties: bool, cells: Cells) -> dict[str, Any]:
    return {
        name: cells.value(name, cell)
        for name, cell in zip(columns, row, strict=False)
        if name and name not in (ID, FILE) and (cell or (empties and name not in NEVER_EMPTY))
    }


def _refused(step: BulkStep, line: int, label: str, item: Any, error: HashiyaError) -> BulkRow:
    known: dict[str, Any] = {"label": label[:300]}
    if item is not None and item is not AMBIGUOUS:
        known = {"item_id": item.pk, "label": str(item)[:300]}
    return BulkRow(step=step, place=line, outcome=RowOutcome.REFUSED, problem=error.as_json(), **known)
