"""Lay a draft aside."""

from __future__ import annotations

from django.db import transaction

from archive.actions.change_draft import lock_draft
from archive.actions.record_event import record_event
from archive.enums import DraftState, ImportState
from archive.models import ImportRun, TextDraft, User


@transaction.atomic
def abandon_draft(*, draft_id: int, version: int | None, by: User) -> TextDraft:
    """Close a draft without a revision; it and its file stay to be read. Raises what `lock_draft` raises."""
    draft = lock_draft(draft_id, version=version, by=by)
    draft.state = DraftState.ABANDONED
    draft.version += 1
    draft.save(update_fields=["state", "version", "updated_at"])
    ImportRun.objects.filter(pk=draft.run_id).update(state=ImportState.ABANDONED)
    record_event("draft.abandoned", target=draft, by=by, sha256=draft.sha256)
    return draft
