"""Make the notes of a file that was looked at, all of them or none; and take them back as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.actions._locking import lock
from annotations.actions._note_known import brought_in_before
from annotations.actions._note_plan import here
from annotations.actions._note_rows import NoteMaker
from annotations.actions._places import tick
from annotations.actions.import_notes import locked_import
from annotations.enums import AnnotationStatus, ArrivalOutcome
from annotations.models import Anchor, Annotation, NoteImport, NoteImportRow
from archive import kinds
from archive.access import require
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.enums import StepState
from archive.errors import HashiyaError, Invalid, Stale
from archive.models import User

APPLY_NOTES, UNDO_NOTES = "apply_notes", "undo_notes"
#: Why a note could wait among the places to check, if that is asked for.
WAITING_REASONS = ("quote_missing",)


@transaction.atomic
def apply_notes(*, step: str, waiting: bool = False, by: User) -> NoteImport:
    """Promise that the notes of a step (public id) whose places are known are made, drafts of `by`.

    With `waiting`, those whose places are not known are made too, and wait among the *Places to check* of their text.
    Raises Conflict("step_not_ready"), Invalid("nothing_changes"), NotAllowed, NotVisible.
    """
    row = locked_import(step, state=StepState.PREVIEWED, by=by)
    row.asked["waiting"] = bool(waiting)
    if not _to_make(row).exists():
        raise Invalid("nothing_changes")
    row.state, row.applied_at = StepState.APPLYING, timezone.now()
    row.job = enqueue(APPLY_NOTES, dedupe_key=str(row.pk), by=by, step=row.pk)
    row.save(update_fields=["state", "applied_at", "job", "asked"])
    return row


@transaction.atomic
def undo_notes(*, step: str, by: User) -> NoteImport:
    """Promise that the notes of a step are taken back where nobody touched them; raises as `apply_notes` does."""
    row = locked_import(step, state=StepState.APPLIED, by=by)
    row.state = StepState.UNDOING
    row.job = enqueue(UNDO_NOTES, dedupe_key=str(row.pk), by=by, step=row.pk)
    row.save(update_fields=["state", "job"])
    return row


def _to_make(step: NoteImport) -> Any:
    """Return the rows of which notes are made."""
    rows = step.rows.filter(outcome=ArrivalOutcome.READY)
    if step.asked.get("waiting"):
        unsure = step.rows.exclude(text="")
        rows |= unsure.filter(outcome=ArrivalOutcome.ASK)
        rows |= unsure.filter(outcome=ArrivalOutcome.OUT, problem__code__in=WAITING_REASONS)
    return rows.order_by("place", "pk")


def run_apply(*, step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Make all notes in one transaction; what stands in the way of one is told, and then none is made."""
    try:
        with transaction.atomic():
            return _apply(step_id, by, progress)
    except _RowRefusedError as error:
        why = {
            "code": error.why.code,
            "params": {name: str(value) for name, value in error.why.params.items()},
        }
        return _give_back(step_id, error.row, why)


class _RowRefusedError(Exception):
    def __init__(self, row: int | None, why: HashiyaError) -> None:
        super().__init__(row)
        self.row, self.why = row, why


@transaction.atomic
def _give_back(step_id: int, row: int | None, why: dict[str, Any]) -> dict[str, Any]:
    """Let the step be looked at again: nothing was made."""
    step = NoteImport.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
    if row is not None:
        step.rows.filter(pk=row).update(outcome=ArrivalOutcome.OUT, problem=why)
    step.state, step.applied_at = StepState.PREVIEWED, None
    step.asked["stopped"] = why
    step.save(update_fields=["state", "applied_at", "asked"])
    return {"refused": 1}


def _apply(step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    # All of the person's, one after the other: two may hold the same file, and its notes are made once.
    own = NoteImport.objects.select_for_update(of=("self",), no_key=True).filter(created_by=by)
    list(own.order_by("pk").values_list("pk", flat=True))
    step = NoteImport.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
    if step.state != StepState.APPLYING:
        return {}
    require(by, "change", step)
    rows = _not_made_since(list(_to_make(step)), by)
    maker = NoteMaker(step, by)
    try:
        maker.name_tags(rows)
    except HashiyaError as error:
        raise _RowRefusedError(None, error) from error
    for number, row in enumerate(rows):
        try:
            maker.make(row)
        except HashiyaError as error:
            raise _RowRefusedError(None if isinstance(error, Stale) else row.pk, error) from error
        if number % 50 == 0:
            progress(
                number * 90 // len(rows), code="notes_writing", params={"done": number, "total": len(rows)}
            )
    NoteImportRow.objects.bulk_update(rows, ["outcome", "annotation"], batch_size=200)
    step.state = StepState.APPLIED
    step.asked.pop("stopped", None)
    step.save(update_fields=["state", "asked"])
    record_event("notes.imported", target=step, by=by, notes=len(rows))
    for text_id, revision_id in maker.texts():
        try:
            tick(text_id, revision_id=revision_id)
        except Stale as error:
            raise _RowRefusedError(None, error) from error
    return {"rows": len(rows)}


def _not_made_since(rows: list[NoteImportRow], by: User) -> list[NoteImportRow]:
    """Return the rows without those whose notes another step made since this one was looked at, which say so."""
    before = brought_in_before(rows, by)
    known = [row for row in rows if row.digest in before]
    for row in known:
        here(row, "brought_in_before")
    NoteImportRow.objects.bulk_update(known, ["outcome", "problem"], batch_size=200)
    return [row for row in rows if row.digest not in before]


def run_undo(*, step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Take back the notes that nobody touched since, in one transaction."""
    with transaction.atomic():
        step = NoteImport.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
        if step.state != StepState.UNDOING:
            return {}
        require(by, "change", step)
        rows = list(
            step.rows.filter(outcome__in=(ArrivalOutcome.MADE, ArrivalOutcome.WAITS)).order_by("place", "pk")
        )
        notes = _notes(row.annotation_id for row in rows)
        placed = _placed_since(notes.values())
        gone = [note for note in notes.values() if _is_untouched(note, by) and note.pk not in placed]
        _withdraw(gone, by, progress)
        taken = {note.pk for note in gone}
        for row in rows:
            note = notes.get(row.annotation_id or 0)
            if note is None or note.status == AnnotationStatus.WITHDRAWN or note.pk in taken:
                row.outcome, row.problem = ArrivalOutcome.UNDONE, {}
            else:
                row.outcome, row.problem = ArrivalOutcome.KEPT, {"code": "touched_since", "params": {}}
        NoteImportRow.objects.bulk_update(rows, ["outcome", "problem"], batch_size=200)
        step.state = StepState.UNDONE
        step.save(update_fields=["state"])
        kept = sum(row.outcome == ArrivalOutcome.KEPT for row in rows)
        record_event("notes.import_undone", target=step, by=by, notes=len(gone), kept=kept)
    return {"undone": len(gone), "kept": kept}


def _notes(keys: Iterable[int | None]) -> dict[int, Annotation]:
    listed = [key for key in keys if key]
    found: dict[int, Annotation] = {}
    for first in range(0, len(listed), 500):
        rows = lock(Annotation.objects.filter(pk__in=listed[first : first + 500])).select_related(
            "newest_version"
        )
        found |= {note.pk: note for note in rows}
    return found


def _placed_since(notes: Iterable[Annotation]) -> set[int]:
    """Return the notes whose places somebody put right by hand."""
    loci = {note.newest_version.locus_id: note.pk for note in notes if note.newest_version}
    keys, found = list(loci), set()
    for first in range(0, len(keys), 500):
        rows = Anchor.objects.filter(locus__in=keys[first : first + 500], method="reattached")
        found |= {loci[locus] for locus in rows.values_list("locus_id", flat=True)}
    return found


def _is_untouched(note: Annotation, by: User) -> bool:
    version = note.newest_version
    return (
        version is not None
        and version.number == 1
        and note.status == AnnotationStatus.DRAFT
        and note.author_id == by.pk
    )


def _withdraw(notes: Sequence[Annotation], by: User, progress: Callable[..., None]) -> None:
    """Take drafts back together: as `withdraw_annotation` does it, said once in the record."""
    now = timezone.now()
    keys = [note.pk for note in notes]
    for first in range(0, len(keys), 500):
        Annotation.objects.filter(pk__in=keys[first : first + 500]).update(
            status=AnnotationStatus.WITHDRAWN, accepted_version=None, updated_at=now
        )
        progress(
            first * 60 // max(len(keys), 1), code="notes_writing", params={"done": first, "total": len(keys)}
        )
    for key in keys:
        refresh_search("annotation", key, by=by)
    for text_id in sorted({note.text_id for note in notes if note.text_id}):
        tick(text_id)


@kinds.handles(APPLY_NOTES, of=(NoteImport, "step"))
def _apply_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_apply(step_id=job.payload["step"], by=job.created_by, progress=progress)


@kinds.handles(UNDO_NOTES, of=(NoteImport, "step"))
def _undo_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_undo(step_id=job.payload["step"], by=job.created_by, progress=progress)
