"""Change many blocks of a draft at once, as they were typed in Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from archive.actions.change_draft import change_draft, lock_draft
from archive.actions.draft_state import text_of
from archive.models import TextDraft, User
from archive.text import operations
from archive.text.markdown import changed


@transaction.atomic
def edit_blocks(
    *, draft_id: int, version: int | None, typed: Mapping[int, str], by: User
) -> tuple[TextDraft, list[int]]:
    """Put what was typed in the place of blocks, by their numbers from 0, as one step.

    Returns the draft and the blocks that this changed: of a block that says what was typed nothing is touched, and
    where all do, there is no step. Raises Stale, OperationRefused (with the `index` of the block), InvalidTransition.
    """
    draft = lock_draft(draft_id, version=version, by=by)
    new = changed(text_of(draft), typed)
    if not new:
        return draft, []
    draft = change_draft(
        draft_id=draft_id, version=version, label="edit_page",
        change=lambda parsed: operations.rewrite(parsed, new), by=by,
    )  # fmt: skip
    return draft, list(new)
