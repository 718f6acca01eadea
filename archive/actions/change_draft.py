"""The one way in which a draft's text changes: locked, checked, undoable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from archive.access import require
from archive.actions.draft_state import columns, difference, move_rows, store_text, text_of
from archive.actions.record_event import record_event
from archive.enums import DraftState, ProblemState
from archive.errors import InvalidTransition, Stale
from archive.models import DraftStep, ImportProblem, TextDraft, User
from archive.signals import revision_drafted
from archive.text.check import check
from archive.text.types import ParsedText

Change = Callable[[ParsedText], ParsedText]


def lock_draft(draft_id: int, *, version: int | None, by: User) -> TextDraft:
    """Lock an open draft for a change by this person.

    Raises NotVisible, NotAllowed, InvalidTransition when it is closed, Stale when `version` is not its own.
    """
    draft = TextDraft.objects.select_for_update(no_key=True).get(pk=draft_id)
    require(by, "change", draft)
    if draft.state != DraftState.OPEN:
        raise InvalidTransition("draft_closed", state=draft.state)
    if version is not None and version != draft.version:
        raise Stale("stale", current=draft.version, yours=version)
    return draft


@transaction.atomic
def change_draft(
    *, draft_id: int, version: int | None, label: str, change: Change | None = None,
    decide: Mapping[int, str] | None = None, by: User,
) -> TextDraft:  # fmt: skip
    """Change a draft's text and the states of its problems (`decide`: row to state) as one undoable step.

    Raises what `lock_draft` and the change raise.
    """
    draft = apply_change(draft_id=draft_id, version=version, label=label, change=change, decide=decide, by=by)
    record_event("draft.changed", target=draft, by=by, step=label, sha256=draft.sha256)
    return draft


def apply_change(
    *, draft_id: int, version: int | None, label: str, change: Change | None = None,
    decide: Mapping[int, str] | None = None, by: User,
) -> TextDraft:  # fmt: skip
    """Do what `change_draft` does, as a part of an action that records more than this and locks more after it."""
    draft = lock_draft(draft_id, version=version, by=by)
    rows = list(draft.problems.all())
    before, rows_before = columns(draft), {row.pk: _row_state(row) for row in rows}
    changed = {}
    if change is not None:
        parsed = change(text_of(draft, rows, track=True))
        check(parsed)
        store_text(draft, parsed)
        changed = {row.pk: row for row in move_rows(rows, parsed)}
    for row in rows:
        if decide and row.pk in decide:
            row.state = decide[row.pk]
            changed[row.pk] = row
    _stamp(changed.values(), rows_before, by)
    ImportProblem.objects.bulk_update(changed.values(), [*_ROW_FIELDS, "decided_by"], batch_size=200)
    step = {
        "text": difference(before, columns(draft)),
        "problems": {pk: rows_before[pk] for pk in changed},
    }
    DraftStep.objects.create(draft=draft, version=draft.version, label=label, before=step)
    draft.version += 1
    draft.save()
    if draft.base_id:
        revision_drafted.send(sender=TextDraft, draft=draft, by=by)
    return draft


_ROW_FIELDS = ["start", "end", "state", "context", "decided_at"]


def _row_state(row: ImportProblem) -> list[object]:
    return [row.start, row.end, row.state, row.context]


def _stamp(rows: Iterable[ImportProblem], before: Mapping[int, list[object]], by: User) -> None:
    for row in rows:
        if row.state != before[row.pk][2]:
            opened = row.state == ProblemState.OPEN
            row.decided_by, row.decided_at = (None, None) if opened else (by, timezone.now())
