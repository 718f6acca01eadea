"""Withdraw a release, with a reason that everyone may read."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from annotations.actions.publish import RELEASE_SETTLED, locked_release, take_step
from annotations.enums import ReleaseEventKind
from annotations.models import ReleaseEvent
from annotations.transitions import ReleaseAct
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import User

MAX_REASON = 5_000


@transaction.atomic
def withdraw_release(*, release: str, reason: str, by: User | None) -> ReleaseEvent:
    """Take a release (public id) away from readers: a public one leaves a tombstone that says why.

    Nothing is deleted.

    Raises NotVisible, NotAllowed, Invalid, InvalidTransition when it was withdrawn before.
    """
    row = locked_release(release, act="withdraw", by=by)
    take_step(row, ReleaseAct.WITHDRAW)
    reason = reason.strip()
    if not reason:
        raise Invalid("required", field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid("too_long", field="reason", limit_length=MAX_REASON)
    event = ReleaseEvent.objects.create(
        release=row, kind=ReleaseEventKind.WITHDRAWN, effective_at=Now(), reason=reason, created_by=by
    )
    event.refresh_from_db()
    bump_epoch()
    enqueue(RELEASE_SETTLED, by=by, release=row.pk)
    record_event(
        "release.withdrawn", target=row, words=reason, by=by, manifest_hash=row.manifest_hash,
        effective_at=event.effective_at.isoformat(),
    )  # fmt: skip
    return event
