"""Take a reply back."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._talk import locked_reply
from annotations.actions.revise_reply import check_version
from annotations.enums import Gone
from annotations.models import Reply
from archive.actions.record_event import record_event
from archive.models import User


@transaction.atomic
def withdraw_reply(*, reply: str, version_id: str, by: User) -> Reply:
    """Take a reply (public id) back: a gap says so, and what answers it stays.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict.
    """
    row = locked_reply(reply, act="withdraw", by=by)
    check_version(row, version_id)
    row.gone = Gone.WITHDRAWN
    row.save(update_fields=["gone"])
    record_event("reply.withdrawn", target=row, by=by)
    return row
