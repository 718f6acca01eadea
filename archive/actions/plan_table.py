"""Take in a table of descriptions, and work out row by row what it would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, override

from archive import kinds
from archive.access import require, require_may
from archive.actions._new_rows import SOURCES, can_make
from archive.actions._table_cells import LEFT_OUT
from archive.actions._table_rows import rows_of
from archive.actions.enqueue import enqueue
from archive.actions.plan_step import forget_previews, keep_rows
from archive.enums import JobState, StepState
from archive.errors import Conflict, HashiyaError, Invalid
from archive.importers.tables import FILE, ID, URL, Table, read_table
from archive.media import paths
from archive.models import BulkRow, BulkStep, Deposit, FileArrival, TableMapping, User
from archive.presenters.described_values import FIELDS, KINDS

PLAN_TABLE = "plan_table"
#: Tables of no more rows are worked out while the person waits; longer ones by a worker.
AT_ONCE = 300


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
    """Return the names of the columns that can name an item, the first that is there does, or what one is made from."""
    if step.deposit_id:
        return (ID, FILE)
    return (ID, URL) if step.kind == "video" else (ID,)


def _mapped_as(step: BulkStep) -> str:
    """Return under what the columns are remembered: the same heading means something else beside files."""
    return f"{step.kind}/files" if step.deposit_id else step.kind


def _heading(step: BulkStep) -> str:
    return hashlib.sha256(json.dumps(step.asked["headers"], ensure_ascii=False).encode()).hexdigest()


def can_be_named(step: BulkStep) -> bool:
    """Whether the columns of a table can be named now: it is not being read, and nothing of it was applied."""
    if step.arrival_id is None:
        return False
    stopped = step.job is not None and step.job.state == JobState.FAILED
    return step.state in (StepState.MAPPING, StepState.PREVIEWED) or (
        step.state == StepState.PLANNING and stopped
    )


@transaction.atomic
def plan_table(
    *, step_id: int, columns: Sequence[str], empties: bool = False, makes: bool = False, by: User
) -> BulkStep:
    """Say what the columns of a table are, and keep what each row would change; nothing of the items changes yet.

    `columns` name the field of each column ("" leaves it out, `ID` names the item); with `empties` an empty cell
    takes out what is there; with `makes` a row that names no item becomes a new one. The rows of a long table are
    promised. Raises Invalid("no_id_column", "column_twice",
    "unknown_field"), Conflict("step_not_ready"), NotAllowed.
    """
    step = (
        BulkStep.objects.select_for_update(of=("self",), no_key=True)
        .select_related("arrival__stored_file", "deposit", "job")
        .get(pk=step_id)
    )
    require(by, "change", step)
    if not can_be_named(step):
        raise Conflict("step_not_ready")
    makes = makes and can_make(step)
    _check(step, columns, makes)
    step.asked |= {"columns": list(columns), "empties": empties, "makes": makes, "said_in": get_language()}
    TableMapping.objects.update_or_create(
        kind=_mapped_as(step), headers_sha256=_heading(step), defaults={"columns": list(columns)}
    )
    if step.asked["lines"] > AT_ONCE:
        step.rows.all().delete()
        step.state, step.job = StepState.PLANNING, enqueue(PLAN_TABLE, by=by, step=step.pk)
        step.save(update_fields=["asked", "state", "job"])
        return step
    _keep(step, _rows(step, by, _silent))
    return step


def _silent(_percent: int, **_message: Any) -> None:
    """Tell nobody how far it is."""


def _check(step: BulkStep, columns: Sequence[str], makes: bool) -> None:
    used = [name for name in columns if name]
    keys = keys_of(step)
    if len(columns) != len(step.asked["headers"]) or not {*used} <= {*keys, *table_fields(step.kind)}:
        raise Invalid("unknown_field", field="columns")
    if not makes and not {ID, FILE} & {*used}:
        raise Invalid("no_file_column" if step.deposit_id else "no_id_column")
    if len(used) != len(set(used)):
        raise Invalid("column_twice")
    if not {*used} - {*keys} and not (makes and SOURCES.get(step.kind) in used):
        raise Invalid("no_value_column")


def _rows(step: BulkStep, by: User, progress: Callable[..., None]) -> list[BulkRow]:
    """Return the unsaved rows of a table, worked out in the language in which its columns were named."""
    assert step.arrival is not None
    table = _read(step.arrival, step.asked["encoding"])
    found: list[BulkRow] = []
    many = len(table.rows)
    with override(step.asked["said_in"]):
        for row in rows_of(step, table, by):
            found.append(row)
            if len(found) % 100 == 0:
                facts = {"row": len(found), "rows": many}
                progress(len(found) * 95 // many, code="table_reading", params=facts)
    return found


def _keep(step: BulkStep, rows: list[BulkRow]) -> None:
    step.rows.all().delete()
    keep_rows(rows)
    step.state = StepState.PREVIEWED
    step.save(update_fields=["asked", "state"])


def run_plan(*, step_id: int, job_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Work out the rows of a long table, and keep them all at once or none.

    Killed at any moment, it can simply be run again. Nothing is locked while the rows are worked out: a row changes
    its item only as it was then.
    """
    step = BulkStep.objects.select_related("arrival__stored_file", "deposit").filter(pk=step_id).first()
    if step is None or not _waits(step, job_id):
        return {}
    require(by, "change", step)
    rows = _rows(step, by, progress)
    with transaction.atomic():
        step = BulkStep.objects.select_for_update(no_key=True).filter(pk=step_id).first()
        if step is None or not _waits(step, job_id):
            return {}
        _keep(step, rows)
    return {"rows": len(rows)}


def _waits(step: BulkStep, job_id: int) -> bool:
    """Whether a step still waits for this very job: its columns may have been named anew."""
    return step.state == StepState.PLANNING and step.job_id == job_id


@kinds.handles(PLAN_TABLE, of=(BulkStep, "step"))
def _plan_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_plan(step_id=job.payload["step"], job_id=job.pk, by=job.created_by, progress=progress)
