"""Take a note back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from annotations import transitions
from annotations.actions._locking import check_version, locked
from annotations.actions._places import tick
from annotations.models import Annotation
from annotations.transitions import Act
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.models import User


@transaction.atomic
def withdraw_annotation(*, annotation: str, version_id: str, reason: str = "", by: User) -> Annotation:
    """Take a note (public ids) back: nobody but its author sees it again, except in releases that have it.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, InvalidTransition.
    """
    row = locked(annotation, act="withdraw", by=by)
    check_version(row, version_id)
    row.status = transitions.ANNOTATION.move(row.status, Act.WITHDRAW)
    row.accepted_version, row.updated_at = None, timezone.now()
    row.save(update_fields=["status", "accepted_version", "updated_at"])
    refresh_search("annotation", row.pk, by=by)
    record_event("annotation.withdrawn", target=row, words=reason.strip(), by=by)
    tick(row.text_id)
    return row
