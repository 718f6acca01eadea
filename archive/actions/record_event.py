"""Append to the audit chain."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import rfc8785
from django.db import connection, models, transaction

from archive.models import AuditDetail, AuditEvent, User
from archive.models.inserting import Step, insert
from archive.models.statements import fetch


def event_hash(*, sequence: int, at: datetime, actor_id: int | None, action: str, target_kind: str,
               target_id: str, facts: dict[str, Any], previous_hash: str) -> str:  # fmt: skip
    """Return the SHA-256 that binds an event to its place in the chain (canonical JSON, RFC 8785)."""
    value: Any = {
        "sequence": sequence, "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "actor": actor_id,
        "action": action, "target": [target_kind, target_id], "facts": facts, "previous": previous_hash,
    }  # fmt: skip
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


@transaction.atomic(savepoint=False)
def record_event(
    action: str,
    *,
    target: models.Model,
    words: str = "",
    then: Step | None = None,
    by: User | None,
    **facts: Any,
) -> int:
    """Append one act to the chain, in the caller's transaction; call it last, since it locks the head.

    `facts` are hashed and kept for ever, so they hold no names; `words` (a reason, a message) can be erased.
    `then` is one more statement for which the head must be held; returns how many rows it changed.
    """
    sequence, previous = _lock_head()
    target_id = str(getattr(target, "public_id", None) or target.pk)
    fields: dict[str, Any] = {
        "sequence": sequence + 1, "at": datetime.now(UTC), "actor_id": by.pk if by else None,
        "action": action, "target_kind": str(target._meta.model_name), "target_id": target_id,
        "facts": facts, "previous_hash": previous,
    }  # fmt: skip
    digest = event_hash(**fields)
    event: list[models.Model] = [AuditEvent(**fields, hash=digest)]
    if words:
        event.append(AuditDetail(sequence=fields["sequence"], words=words))
    return insert(event, then=[(_MOVE, [fields["sequence"], digest]), *([then] if then else [])])


# Plain SQL: every writer waits while one of them is between these two.
_LOCK = "SELECT sequence, hash FROM archive_audithead WHERE id = 1"
_MOVE = "UPDATE archive_audithead SET sequence = %s, hash = %s WHERE id = 1"


def _lock_head() -> tuple[int, str]:
    """Return where the chain ends, locked until the transaction does (SQLite's writers are alone anyway)."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    ((sequence, digest),) = fetch(_LOCK + lock)
    return sequence, digest
