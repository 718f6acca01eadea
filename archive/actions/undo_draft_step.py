"""Take back what was done to a draft."""

from __future__ import annotations

import hashlib

from django.db import transaction

from archive.actions.change_draft import lock_draft
from archive.actions.draft_state import columns, restore, text_of
from archive.actions.record_event import record_event
from archive.enums import ProblemState
from archive.errors import Conflict
from archive.models import ImportProblem, TextDraft, User
from archive.signals import revision_drafted
from archive.text import serialize


@transaction.atomic
def undo_draft_step(*, draft_id: int, version: int | None, down_to: int | None = None, by: User) -> TextDraft:
    """Bring a draft back to before its last change, or before the step numbered `down_to` and all after it.

    Raises Conflict("nothing_to_undo"), Stale, InvalidTransition.
    """
    draft = lock_draft(draft_id, version=version, by=by)
    steps = draft.steps.order_by("-version")
    steps = steps.filter(version__gte=down_to) if down_to is not None else steps[:1]
    found = list(steps)
    if not found:
        raise Conflict("nothing_to_undo")
    rows = {row.pk: row for row in draft.problems.all()}
    for step in found:
        for name, value in restore(columns(draft), step.before["text"]).items():
            setattr(draft, name, value)
        _restore_rows(rows, step.before["problems"])
        step.delete()
    ImportProblem.objects.bulk_update(
        rows.values(), ["start", "end", "state", "context", "decided_at", "decided_by"], batch_size=200
    )
    draft.sha256 = hashlib.sha256(serialize.text_bytes(text_of(draft))).hexdigest()
    draft.version += 1
    draft.save()
    if draft.base_id:
        revision_drafted.send(sender=TextDraft, draft=draft, by=by)
    record_event("draft.undone", target=draft, by=by, steps=len(found), sha256=draft.sha256)
    return draft


def _restore_rows(rows: dict[int, ImportProblem], before: dict[str, list]) -> None:
    for pk, (start, end, state, context) in before.items():
        row = rows[int(pk)]
        row.start, row.end, row.state, row.context = start, end, state, context
        if state == ProblemState.OPEN:
            row.decided_by, row.decided_at = None, None
