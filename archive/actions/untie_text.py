"""Untie a text from a film; both stay as they are."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from archive.actions.bump_epoch import bump_epoch
from archive.actions.change_tie import lock_tie
from archive.actions.record_event import record_event
from archive.models import User


@transaction.atomic
def untie_text(*, tie_id: int, version: int | None, by: User) -> None:
    """Take the tie away; the record says what was tied to what.

    Raises Stale, NotAllowed, NotVisible.
    """
    tie = lock_tie(tie_id, version, by)
    facts: dict[str, Any] = {"video": tie.video.public_id, "text": tie.text.public_id, "kind": tie.kind}
    held = tie.pk
    tie.delete()
    tie.pk = held
    bump_epoch()
    record_event("transcript.untied", target=tie, by=by, **facts)
