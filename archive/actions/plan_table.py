"""Take in a table of descriptions, and work out row by row what it would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from archive.access import require, require_may
from archive.actions._deposit_files import AMBIGUOUS, FilesOf
from archive.actions._stored_values import References
from archive.actions._table_cells import LEFT_OUT, Cells
from archive.actions.plan_step import describable, forget_previews, keep_rows, planned
from archive.enums import RowOutcome, StepState
from archive.errors import Conflict, HashiyaError, Invalid
from archive.importers.tables import Table, read_table
from archive.media import paths
from archive.models import BulkRow, BulkStep, Deposit, FileArrival, TableMapping, User
from archive.presenters.described_values import FIELDS, KINDS

#: The column that names the item.
ID = "id"
#: The column that names the file of which a deposit made the item.
FILE = "file"
Lookup = Callable[[list[str]], Mapping[str, Any]]
#: Items are looked up so many at a time.
BATCH = 500
#: Fields that a cell can leave empty only by leaving them as they are.
NEVER_EMPTY = frozenset({"access", "language", "kind"})


@transaction.atomic
def start_table(
    *, arrival: FileArrival, kind: str, encoding: str = "", deposit: Deposit | None = None, by: User
) -> BulkStep:
    """Read a table that was received; its columns are named next, as they were for the same heading before.

    With a `deposit` its rows may name files of that. Raises ImportRefused (see `read_table`), NotAllowed.
    """
    require_may(by, "add", BulkStep)
    table = _read(arrival, encoding)
    if not table.rows:
        raise Invalid("no_rows")
    forget_previews(by)
    asked = {
        "filename": arrival.filename, "encoding": table.encoding, "separator": table.separator,
        "is_guess": table.is_guess, "headers": table.headers, "lines": len(table.rows),
        "first": [cells for _line, cells in table.rows[:3]],
    }  # fmt: skip
    return BulkStep.objects.create(
        kind=kind, asked=asked, arrival=arrival, deposit=deposit, state=StepState.MAPPING, created_by=by
    )


def _read(arrival: FileArrival, encoding: str) -> Table:
    try:
        data = paths.of_sha256(arrival.stored_file.sha256).read_bytes()
    except OSError as error:
        raise HashiyaError("bytes_missing") from error
    return read_table(data, encoding=encoding)


def table_fields(kind: str) -> list[str]:
    """Return the fields that a table can fill."""
    return sorted(FIELDS[KINDS[kind]] - LEFT_OUT)


def remembered(step: BulkStep) -> list[str]:
    """Return the columns as somebody named them for the same heading before; empty when nobody did."""
    row = TableMapping.objects.filter(kind=_mapped_as(step), headers_sha256=_heading(step)).first()
    return list(row.columns) if row else []


def keys_of(step: BulkStep) -> tuple[str, ...]:
    """Return the names of the columns that can name an item, the first that is there does."""
    return (ID, FILE) if step.deposit_id else (ID,)


def _mapped_as(step: BulkStep) -> str:
    """Return under what the columns are remembered: the same heading means something else beside files."""
    return f"{step.kind}/files" if step.deposit_id else step.kind


def _heading(step: BulkStep) -> str:
    return hashlib.sha256(json.dumps(step.asked["headers"], ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def plan_table(*, step_id: int, columns: Sequence[str], empties: bool = False, by: User) -> BulkStep:
    """Keep what each row of a table would change; nothing of the items changes yet.

    `columns` name the field of each column ("" leaves it out, `ID` names the item); with `empties` an empty cell
    takes out what is there. Raises Invalid("no_id_column", "column_twice", "unknown_field"), Conflict("step_not_ready"),
    NotAllowed.
    """
    step = (
        BulkStep.objects.select_for_update(of=("self",), no_key=True)
        .select_related("arrival__stored_file", "deposit")
        .get(pk=step_id)
    )
    require(by, "change", step)
    if step.state not in (StepState.MAPPING, StepState.PREVIEWED) or step.arrival is None:
        raise Conflict("step_not_ready")
    _check(step, columns)
    table = _read(step.arrival, step.asked["encoding"])
    step.rows.all().delete()
    keep_rows(_planned(step, table, list(columns), empties, by))
    step.asked = step.asked | {"columns": list(columns), "empties": empties}
    step.state = StepState.PREVIEWED
    step.save(update_fields=["asked", "state"])
    TableMapping.objects.update_or_create(
        kind=_mapped_as(step), headers_sha256=_heading(step), defaults={"columns": list(columns)}
    )
    return step


def _check(step: BulkStep, columns: Sequence[str]) -> None:
    used = [name for name in columns if name]
    keys = keys_of(step)
    if len(columns) != len(step.asked["headers"]) or not {*used} <= {*keys, *table_fields(step.kind)}:
        raise Invalid("unknown_field", field="columns")
    if not {*keys} & {*used}:
        raise Invalid("no_file_column" if step.deposit_id else "no_id_column")
    if len(used) != len(set(used)):
        raise Invalid("column_twice")
    if not {*used} - {*keys}:
        raise Invalid("no_value_column")


def _planned(step: BulkStep, table: Table, columns: list[str], empties: bool, by: User) -> Iterator[BulkRow]:
    cells, references, told = Cells(by), References(by), set[int]()
    key = ID if ID in columns else FILE
    at, lookup = columns.index(key), _lookup(step, key, by)
    for start in range(0, len(table.rows), BATCH):
        part = table.rows[start : start + BATCH]
        items = lookup([row[at] for _line, row in part if len(row) > at])
        for line, row in part:
            item = items.get(row[at]) if len(row) > at else None
            try:
                _refuse(row, columns, item, told, key)
                wanted = _wanted(row, columns, empties, cells)
            except HashiyaError as error:
                yield _refused(step, line, row[at] if len(row) > at else "", item, error)
                continue
            assert item is not None
            told.add(item.pk)
            yield planned(step, line, item, wanted, references)


def _lookup(step: BulkStep, key: str, by: User) -> Lookup:
    """Return what finds the items that cells name."""
    if key == FILE and step.deposit is not None:
        return FilesOf(step.deposit, by).items
    return lambda cells: _items(step.kind, cells, by)


def _items(kind: str, cells: list[str], by: User) -> Mapping[str, Any]:
    """Return the items by the cells that name them: by their public ids, works by the addresses of their pages too."""
    names = {_name(cell) for cell in cells}
    found = _named(kind, names, by)
    return {cell: found[name] for cell in cells if (name := _name(cell)) in found}


def _named(kind: str, names: set[str], by: User) -> Mapping[str, Any]:
    rows = describable(kind, by)
    found = {item.public_id: item for item in rows.filter(public_id__in=names)}
    if kind == "work":
        found = {item.slug: item for item in rows.filter(slug__in=names)} | found
    return found


def _name(cell: str) -> str:
    """Return the id in a cell, which may be the address of a page."""
    return cell.strip().rstrip("/").rsplit("/", 1)[-1]


def _refuse(row: list[str], columns: list[str], item: Any, told: set[int], key: str) -> None:
    if len(row) < len(columns) or any(row[len(columns) :]):
        raise Invalid("wrong_columns", cells=len(row), columns=len(columns))
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
