"""Change many descriptions in one step, or take the step back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive import kinds
from archive.access import require, visible_to
from archive.actions._new_rows import NEW_ID, make_new
from archive.actions._new_shelves import outermost_first
from archive.actions._stored_values import values_of
from archive.actions.describe import describe
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.actions.take_back_new import take_back_new
from archive.enums import ChangeWay, RowOutcome, StepState
from archive.errors import Conflict, HashiyaError, Invalid
from archive.models import BulkRow, BulkStep, DescriptionChange, FileArrival, User
from archive.presenters.described_values import KINDS, stored

APPLY_STEP, UNDO_STEP = "apply_step", "undo_step"

#: (What rows wait as, what the step is called while it runs, and when it has run.)
_TURNS = {
    APPLY_STEP: ((RowOutcome.CHANGES, RowOutcome.NEW), StepState.APPLYING, StepState.APPLIED),
    UNDO_STEP: ((RowOutcome.DONE, RowOutcome.MADE), StepState.UNDOING, StepState.UNDONE),
}


@transaction.atomic
def apply_step(*, step_id: int, again: bool = False, by: User) -> BulkStep:
    """Promise that a step that was looked at is applied.

    A table that made new ones before makes them a second time only with `again`. Raises Conflict("step_not_ready",
    "table_applied_before"), Invalid("nothing_changes"), NotAllowed.
    """
    return _promise(step_id, APPLY_STEP, StepState.PREVIEWED, by, again=again)


def made_before(step: BulkStep) -> QuerySet[BulkStep]:
    """Return the other steps that made new ones of the same bytes and were not taken back, the newest first."""
    made = BulkStep.objects.filter(
        kind=step.kind, state__in=(StepState.APPLYING, StepState.APPLIED), asked__makes=True
    )
    bytes_of = FileArrival.objects.filter(pk=step.arrival_id).values("stored_file")
    return made.filter(arrival__stored_file__in=bytes_of).exclude(pk=step.pk).order_by("-pk")


@transaction.atomic
def undo_step(*, step_id: int, by: User) -> BulkStep:
    """Promise that an applied step is taken back, item by item, where nobody changed the same since.

    Raises Conflict("step_not_ready"), Invalid("nothing_changes"), NotAllowed.
    """
    return _promise(step_id, UNDO_STEP, StepState.APPLIED, by)


def _promise(step_id: int, job: str, ready: StepState, by: User, *, again: bool = True) -> BulkStep:
    step = BulkStep.objects.select_for_update(no_key=True).get(pk=step_id)
    require(by, "change", step)
    if step.state != ready:
        raise Conflict("step_not_ready")
    waiting, running, _ended = _TURNS[job]
    count = step.rows.filter(outcome__in=waiting).count()
    if not count:
        raise Invalid("nothing_changes")
    makes = step.rows.filter(outcome=RowOutcome.NEW).exists()
    if makes and not again and visible_to(made_before(step), by).exists():
        raise Conflict("table_applied_before")
    step.state = running
    if job == APPLY_STEP:
        step.applied_at = timezone.now()
    step.job = enqueue(job, dedupe_key=str(step.pk), by=by, step=step.pk)
    step.save(update_fields=["state", "applied_at", "job"])
    verb = "applied" if job == APPLY_STEP else "taken_back"
    record_event(f"bulk_step.{verb}", target=step, by=by, rows=count, kind=step.kind)
    return step


def run_step(*, step_id: int, job: str, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Go through the rows that wait, each in a transaction of its own; return how many ended how.

    Killed at any moment, it can simply be run again. Locks are taken and left item by item: whoever describes
    one of them meanwhile waits for that one, and never for the whole.
    """
    waiting, running, ended = _TURNS[job]
    step = BulkStep.objects.get(pk=step_id)
    turn = _apply if job == APPLY_STEP else _take_back
    # Taken back from the last to the first: a collection that was moved may stand in one that was moved before it.
    order = "place" if job == APPLY_STEP else "-place"
    keys = _in_turn(step, step.rows.filter(outcome__in=waiting).order_by(order), job)
    for number, pk in enumerate(keys):
        _turn(turn, pk, waiting, by)
        if number % 20 == 0:
            progress(number * 100 // len(keys), code="descriptions_changing", params={})
    BulkStep.objects.filter(pk=step_id, state=running).update(state=ended)
    outcomes = list(step.rows.values_list("outcome", flat=True))
    return {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}


def _in_turn(step: BulkStep, rows: Any, job: str) -> list[int]:
    """Return the keys of the rows in the order of their turns: a new collection after the one that it lies in."""
    listed = list(rows.values_list("pk", "after"))
    if step.kind != "collection":
        return [pk for pk, _after in listed]
    new = {after[NEW_ID]: (pk, after.get("parent")) for pk, after in listed if NEW_ID in after}
    order, circle = outermost_first({ident: parent for ident, (_pk, parent) in new.items()})
    made = [new[ident][0] for ident in (*order, *circle)]
    others = [pk for pk, after in listed if NEW_ID not in after]
    # What is moved may be moved into what is new.
    return [*made, *others] if job == APPLY_STEP else [*others, *reversed(made)]


@transaction.atomic
def _turn(turn: Callable[[BulkRow, User], None], pk: int, waiting: tuple[RowOutcome, ...], by: User) -> None:
    """Do or take back one row, once; a refusal is kept with it."""
    row = (
        BulkRow.objects.select_for_update(of=("self",), no_key=True)
        .select_related("step__deposit")
        .get(pk=pk)
    )
    if row.outcome not in waiting:
        return
    try:
        with transaction.atomic():
            turn(row, by)
    except HashiyaError as error:
        row.outcome = RowOutcome.FAILED if RowOutcome.CHANGES in waiting else RowOutcome.KEPT
        row.problem = {"code": error.code, "params": {k: str(v) for k, v in error.params.items()}}
    row.save(update_fields=["outcome", "problem", "change", "item_id", "version"])


def _apply(row: BulkRow, by: User) -> None:
    kind = row.step.kind
    if row.outcome == RowOutcome.NEW:
        make_new(row, by=by)
        return
    values = values_of(row.after, by=by)
    if not KINDS[kind]._default_manager.filter(pk=row.item_id).exists():
        raise Invalid("unknown_item")
    describe(KINDS[kind], pk=row.item_id or 0, version=row.version, values=values, way=ChangeWay.STEP, by=by)
    rows = DescriptionChange.objects.filter(kind=kind, item_id=row.item_id, version=row.version)
    row.outcome, row.change = RowOutcome.DONE, rows.first()


def _take_back(row: BulkRow, by: User) -> None:
    model, change = KINDS[row.step.kind], row.change
    if row.outcome == RowOutcome.MADE:
        take_back_new(model, pk=row.item_id or 0, version=row.version, by=by)
        row.outcome = RowOutcome.UNDONE
        return
    if change is None:
        row.outcome = RowOutcome.UNDONE
        return
    item = model._default_manager.select_for_update(no_key=True).get(pk=row.item_id)
    said = stored(item)
    if any(said[name] != value for name, value in change.became.items()):
        raise Conflict("changed_since")
    values = values_of({name: change.was[name] for name in change.became}, by=by)
    describe(model, pk=item.pk, version=item.version, values=values, way=ChangeWay.UNDONE, by=by)
    row.outcome = RowOutcome.UNDONE


@kinds.handles(APPLY_STEP, of=(BulkStep, "step"))
def _apply_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_step(step_id=job.payload["step"], job=APPLY_STEP, by=job.created_by, progress=progress)


@kinds.handles(UNDO_STEP, of=(BulkStep, "step"))
def _undo_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_step(step_id=job.payload["step"], job=UNDO_STEP, by=job.created_by, progress=progress)
