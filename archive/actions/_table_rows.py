"""What each row of a table would change, worked out in memory: nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from archive.actions._deposit_files import AMBIGUOUS, FilesOf
from archive.actions._new_rows import NEW_ID, can_make, planned_new
from archive.actions._new_shelves import NewShelves, outermost_first
from archive.actions._stored_values import References
from archive.actions._table_cells import Cells
from archive.actions._table_sources import Addresses, new_from_file
from archive.actions.plan_step import TITLED, describable, planned
from archive.enums import RowOutcome
from archive.errors import HashiyaError, Invalid
from archive.importers.tables import FILE, ID, URL, Table
from archive.models import BulkRow, BulkStep, Collection, User
from archive.presenters.collection_tree import whole_tree
from archive.presenters.desk_names import desk_name
from archive.text.details import with_what_is_known

Lookup = Callable[[list[str]], Mapping[str, Any]]
Row = tuple[int, list[str]]
#: Items are looked up so many at a time.
BATCH = 500
#: Fields that a cell can leave empty only by leaving them as they are.
NEVER_EMPTY = frozenset({"access", "language", "kind", "order"})


def rows_of(step: BulkStep, table: Table, by: User) -> Iterator[BulkRow]:
    """Yield what each row would change, unsaved; one that cannot be taken says why."""
    reading = _Reading(step, by)
    rows = reading.in_turn(table.rows)
    for start in range(0, len(rows), BATCH):
        yield from reading.read(rows[start : start + BATCH])


class _Reading:
    """A table that is being read for one person, with what the rows before have said."""

    def __init__(self, step: BulkStep, by: User) -> None:
        self.step, self.by = step, by
        self.columns, self.empties = step.asked["columns"], step.asked["empties"]
        self.makes = step.asked.get("makes", False)
        self.cells, self.references, self.told = Cells(by), References(by), set[int]()
        self.tree = whole_tree() if step.kind == "collection" else None
        self.key = FILE if FILE in self.columns and ID not in self.columns else ID
        self.files = FilesOf(step.deposit, by, step.kind) if step.deposit is not None else None
        self.addresses = Addresses() if step.kind == "video" and step.deposit is None else None
        self.shelves = NewShelves({})
        #: Ids of new collections that lie in each other.
        self.circle: frozenset[str] = frozenset()

    def cell(self, row: list[str], column: str) -> str:
        """Return what a row says in a column; nothing where there is none."""
        at = self.columns.index(column) if column in self.columns else None
        return row[at] if at is not None and len(row) > at else ""

    def in_turn(self, rows: list[Row]) -> list[Row]:
        """Return the rows in the order in which they are applied: a new collection after the one that it lies in."""
        if self.tree is None or not self.makes:
            return rows
        new = {line: row for line, row in rows if not self.cell(row, ID)}
        titles = {line: (self.cell(row, "title_ar"), self.cell(row, "title_en")) for line, row in new.items()}
        self.shelves = self.cells.new_shelves = NewShelves(titles)
        lines = {ident: line for line, ident in self.shelves.ids.items()}
        inside = {
            ident: self.cells.new_shelf(self.cell(new[line], "parent")) for ident, line in lines.items()
        }
        order, circle = outermost_first(inside)
        self.circle = frozenset(circle)
        first = [(lines[ident], new[lines[ident]]) for ident in (*order, *circle)]
        return [*first, *((line, row) for line, row in rows if line not in new)]

    def read(self, rows: list[Row]) -> Iterator[BulkRow]:
        """Yield what some rows would change; their items are looked up together."""
        names = [self.cell(row, self.key) for _line, row in rows]
        items = self._lookup([name for name in names if name])
        if self.addresses is not None:
            self.addresses.prepare(self.cell(row, URL) for _line, row in rows)
        for (line, row), name in zip(rows, names, strict=True):
            yield self._row(line, row, name, items.get(name))

    def _lookup(self, cells: list[str]) -> Mapping[str, Any]:
        if self.key == FILE and self.files is not None:
            return self.files.items(cells)
        return _items(self.step.kind, cells, self.by)

    def _row(self, line: int, row: list[str], name: str, item: Any) -> BulkRow:
        is_new = self.makes and self._is_new(name, item)
        try:
            _refuse_width(row, self.columns)
            if not is_new:
                self._refuse(name, item)
            wanted = _wanted(row, self.columns, self.empties and not is_new, self.cells)
            if is_new:
                return self._new(line, row, wanted)
            if self.addresses is not None:
                self.addresses.check(self.cell(row, URL), item)
        except HashiyaError as error:
            return _refused(self.step, line, name or self._title(row), item, error)
        self.told.add(item.pk)
        # A cell says names and roles; what else is known of them is not taken away by it.
        for field in {"creators", "places"} & wanted.keys():
            wanted[field] = with_what_is_known(wanted[field], getattr(item, field))
        return planned(self.step, line, item, wanted, self.references, self.tree)

    def _title(self, row: list[str]) -> str:
        return self.cell(row, "title_ar") or self.cell(row, "title_en") or self.cell(row, URL)

    def _is_new(self, name: str, item: Any) -> bool:
        """Whether a row asks for a new item: of a deposit, one that names a file without an image, or once more."""
        if self.key == FILE:
            return bool(name) and (item is None or (item is not AMBIGUOUS and item.pk in self.told))
        return not name and can_make(self.step)

    def _new(self, line: int, row: list[str], wanted: dict[str, Any]) -> BulkRow:
        if self.addresses is not None:
            wanted[URL] = self.addresses.new(self.cell(row, URL))
        if self.step.kind == "image":
            assert self.files is not None
            wanted[FILE] = new_from_file(self.files, self.cell(row, FILE))
        shelf = self.shelves.ids.get(line)
        if shelf is not None:
            if shelf in self.circle:
                raise Invalid("collection_circle", field="parent")
            wanted[NEW_ID] = shelf
        planned_row = planned_new(self.step, line, wanted, self.references, self.tree)
        if shelf is not None and planned_row.outcome == RowOutcome.NEW:
            self._put_up(shelf, planned_row)
        return planned_row

    def _put_up(self, shelf: str, row: BulkRow) -> None:
        """Let the rows after stand in a collection that is not there yet."""
        assert self.tree is not None
        parent = self.references.known.get(("parent", row.after.get("parent") or ""))
        stand_in = Collection(pk=-row.place, public_id=shelf)
        self.tree.add(stand_in.pk, parent.pk if parent is not None else None)
        self.references.known["parent", shelf] = stand_in

    def _refuse(self, name: str, item: Any) -> None:
        if not name and can_make(self.step) and self.key == ID:
            raise Invalid("names_no_item")
        if item is AMBIGUOUS:
            raise Invalid("ambiguous_file")
        if item is None:
            raise Invalid("unknown_file" if self.key == FILE else "unknown_item")
        if item.pk in self.told:
            raise Invalid("twice_in_table")


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


def _wanted(row: list[str], columns: list[str], empties: bool, cells: Cells) -> dict[str, Any]:
    return {
        name: cells.value(name, cell)
        for name, cell in zip(columns, row, strict=False)
        if name and name not in (ID, FILE, URL) and (cell or (empties and name not in NEVER_EMPTY))
    }


def _refused(step: BulkStep, line: int, label: str, item: Any, error: HashiyaError) -> BulkRow:
    known: dict[str, Any] = {"label": label[:300]}
    if item is not None and item is not AMBIGUOUS:
        known = {"item_id": item.pk, "label": desk_name(item)[:300]}
    return BulkRow(step=step, place=line, outcome=RowOutcome.REFUSED, problem=error.as_json(), **known)
