"""Apply an import of terms, all rows or none; and take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.actions._steps import done, lock_tree, locked_step, locked_terms, save_rows
from annotations.actions._terms import broader_of, fill, free_slug, write_names
from annotations.enums import TermStatus, VocabularyAct
from annotations.models import TagMove, Term, VersionTag, VocabularyRow, VocabularyStep
from annotations.presenters.term_values import given, stored
from archive import kinds
from archive.access import may, permitted, require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.enums import RowOutcome, StepState
from archive.errors import Conflict, HashiyaError, Invalid
from archive.models import SearchEntry, User

APPLY_TERMS, UNDO_TERMS = "apply_terms", "undo_terms"
#: Steps of no more rows are done while the person waits.
AT_ONCE = 300
_WAITING = (RowOutcome.CHANGES, RowOutcome.NEW)


@transaction.atomic
def apply_import(*, step: str, by: User) -> VocabularyStep:
    """Promise that an import (public id) that was looked at is applied.

    Raises Conflict("step_not_ready"), Invalid("rows_refused"), Invalid("nothing_changes"), NotAllowed.
    """
    row = locked_step(step, state=StepState.PREVIEWED, by=by)
    if row.rows.filter(outcome=RowOutcome.REFUSED).exists():
        raise Invalid("rows_refused")
    if not row.rows.filter(outcome__in=_WAITING).exists():
        raise Invalid("nothing_changes")
    row.state, row.applied_at = StepState.APPLYING, timezone.now()
    row.job = enqueue(APPLY_TERMS, dedupe_key=str(row.pk), by=by, step=row.pk)
    row.save(update_fields=["state", "applied_at", "job"])
    return row


@transaction.atomic
def undo_import(*, step: str, by: User) -> VocabularyStep:
    """Promise that an import (public id) is taken back; raises Conflict("step_not_ready"), NotAllowed."""
    row = locked_step(step, state=StepState.APPLIED, by=by)
    if row.act != VocabularyAct.IMPORT:
        raise Conflict("step_not_ready")
    row.state = StepState.UNDOING
    row.job = enqueue(UNDO_TERMS, dedupe_key=str(row.pk), by=by, step=row.pk)
    row.save(update_fields=["state", "job"])
    return row


def run_apply(*, step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Apply all rows in one transaction; a row that cannot be applied is told, and then none is."""
    try:
        with transaction.atomic():
            return _apply(step_id, by, progress)
    except _RowRefusedError as error:
        with transaction.atomic():
            step = VocabularyStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
            facts = {k: str(v) for k, v in error.why.params.items()}
            problem = {"code": error.why.code, "params": facts}
            step.rows.filter(pk=error.row).update(outcome=RowOutcome.REFUSED, problem=problem)
            step.state, step.applied_at = StepState.PREVIEWED, None
            step.save(update_fields=["state", "applied_at"])
        return {"refused": 1}


class _RowRefusedError(Exception):
    def __init__(self, row: int, why: HashiyaError) -> None:
        super().__init__(row)
        self.row, self.why = row, why


def _apply(step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    lock_tree()
    step = VocabularyStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
    if step.state != StepState.APPLYING:
        return {}
    require(by, "change", step)
    rows = list(step.rows.filter(outcome__in=_WAITING).order_by("place", "pk"))
    terms = locked_terms({row.term_id for row in rows})
    allowed = set(permitted(Term, by, "change").filter(pk__in=list(terms)).values_list("pk", flat=True))
    establish = bool(step.asked["establish"]) and may(by, "establish", Term)
    made: dict[str, Term] = {}
    for number, row in enumerate(rows):
        try:
            made[row.after["key"]] = _write(row, terms, allowed, establish, by)
        except HashiyaError as error:
            raise _RowRefusedError(row.pk, error) from error
        if number % 100 == 0:
            progress(number * 70 // len(rows), code="terms_writing", params={})
    _place(rows, made, by)
    for row in rows:
        term = made[row.after["key"]]
        term.refresh_from_db()
        row.after |= stored(term)
        row.version, row.term = term.version, term
        row.outcome = RowOutcome.MADE if row.outcome == RowOutcome.NEW else RowOutcome.DONE
        refresh_search("term", term.pk, by=by)
    VocabularyRow.objects.bulk_update(rows, ["after", "version", "term", "outcome"], batch_size=200)
    step.state = StepState.APPLIED
    step.save(update_fields=["state"])
    bump_epoch()
    record_event("vocabulary.imported", target=step, by=by, rows=len(rows))
    return {"rows": len(rows)}


def _write(row: VocabularyRow, terms: dict[int, Term], allowed: set[int], establish: bool, by: User) -> Term:
    """Write one entry, without its place in the tree."""
    after = {name: value for name, value in row.after.items() if name not in ("key", "slug")} | {
        "broader": ""
    }
    if row.outcome == RowOutcome.NEW:
        status = TermStatus.ESTABLISHED if establish else TermStatus.PROPOSED
        term = Term(created_by=by, status=status)
        values = given(after)
        fill(term, values, by=by)
        term.slug = _slug(row.after["slug"], values)
        term.save()
    else:
        found = terms.get(row.term_id or 0)
        if found is None or found.version != row.version or found.merged_into_id:
            raise Conflict("changed_since")
        if found.pk not in allowed:
            raise Conflict("not_allowed")
        term, above = found, found.broader
        values = given(after)
        fill(term, values, by=by)
        term.broader = above
        term.version = F("version") + 1
        term.save()
        term.refresh_from_db(fields=["version"])
    write_names(term, values)
    return term


def _slug(asked: str, values: Any) -> str:
    """Return the address that the file has for an entry when it is free and an address, else one made of its name."""
    try:
        return free_slug(replace(values, slug=asked))
    except Invalid:
        return free_slug(replace(values, slug=""))


def _place(rows: Iterable[VocabularyRow], made: dict[str, Term], by: User) -> None:
    """Put the entries in the tree: first all out of it that move, then each below its own, outermost first."""
    moving: dict[str, tuple[VocabularyRow, str]] = {}
    for row in rows:
        broader, key = row.after["broader"], row.after["key"]
        at = made[key].broader
        named = made[broader].public_id if broader in made else broader
        if named != (at.public_id if at else ""):
            moving[made[key].public_id] = (row, named)
    Term.objects.filter(public_id__in=list(moving)).update(broader=None)
    placed: set[str] = set()
    waiting = dict(moving)
    while waiting:
        ready = [key for key, (_row, above) in waiting.items() if above not in waiting or above in placed]
        # A circle among them: the check below refuses it by name.
        for key in ready or list(waiting)[:1]:
            row, above = waiting.pop(key)
            term = Term.objects.get(public_id=key)
            try:
                found = broader_of(term, above, by)
            except HashiyaError as error:
                raise _RowRefusedError(row.pk, error) from error
            Term.objects.filter(pk=term.pk).update(broader=found)
            placed.add(key)


def run_undo(*, step_id: int, by: User, progress: Callable[..., None]) -> dict[str, Any]:
    """Put back what an import changed and remove what it made, except what was changed or used since."""
    with transaction.atomic():
        lock_tree()
        step = VocabularyStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step_id)
        if step.state != StepState.UNDOING:
            return {}
        require(by, "change", step)
        rows = list(
            step.rows.filter(outcome__in=(RowOutcome.DONE, RowOutcome.MADE)).order_by("-place", "-pk")
        )
        changed = [row for row in rows if row.outcome == RowOutcome.DONE]
        made = [row for row in rows if row.outcome == RowOutcome.MADE]
        terms = locked_terms({row.term_id for row in rows})
        for row in changed:
            _restore(row, terms, by)
        progress(50, code="terms_writing", params={})
        _remove(made, terms, by)
        save_rows(rows)
        step.state = StepState.UNDONE
        step.save(update_fields=["state"])
        bump_epoch()
        kept = sum(row.outcome == RowOutcome.KEPT for row in rows)
        record_event("vocabulary.import_undone", target=step, by=by, kept=kept)
    return {"kept": kept}


def _restore(row: VocabularyRow, terms: dict[int, Term], by: User) -> None:
    term = terms.get(row.term_id or 0)
    if term is None or term.version != row.version or term.merged_into_id:
        done(row, kept="changed_since")
        return
    values = given(row.before)
    try:
        fill(term, values, by=by)
    except HashiyaError:
        # What it stood under is gone or below it by now: the rest is put back, the place stays.
        above = Term.objects.get(pk=term.pk).broader
        fill(term, given(row.before | {"broader": ""}), by=by)
        term.broader = above
    term.version = F("version") + 1
    term.save()
    write_names(term, values)
    refresh_search("term", term.pk, by=by)
    done(row)


def _remove(rows: list[VocabularyRow], terms: dict[int, Term], by: User) -> None:
    """Remove the terms that were made, narrower ones first, as long as nothing stands on them."""
    waiting = {row.term_id: row for row in rows if row.term_id in terms}
    for row in rows:
        if row.term_id not in terms:
            done(row)
    went = True
    while waiting and went:
        went = False
        for pk, row in list(waiting.items()):
            if Term.objects.filter(broader=pk).exists():
                continue
            went = True
            del waiting[pk]
            _remove_one(row, terms[pk or 0], by)
    for row in waiting.values():
        done(row, kept="made_in_use")


def _remove_one(row: VocabularyRow, term: Term, by: User) -> None:
    if Term.objects.filter(pk=term.pk).values_list("version", flat=True).first() != row.version:
        done(row, kept="changed_since")
    elif _in_use(term):
        done(row, kept="made_in_use")
    else:
        SearchEntry.objects.filter(kind="term", object_id=term.pk).delete()
        record_event("term.taken_back", target=term, by=by)
        term.delete()
        row.term = None
        done(row)


def _in_use(term: Term) -> bool:
    return (
        VersionTag.objects.filter(term=term).exists()
        or TagMove.objects.filter(term=term).exists()
        or Term.objects.filter(merged_into=term).exists()
    )


@kinds.handles(APPLY_TERMS, of=(VocabularyStep, "step"))
def _apply_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_apply(step_id=job.payload["step"], by=job.created_by, progress=progress)


@kinds.handles(UNDO_TERMS, of=(VocabularyStep, "step"))
def _undo_job(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return run_undo(step_id=job.payload["step"], by=job.created_by, progress=progress)
