"""Undo a deposit as one step, as long as nothing stands on what it made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive import kinds
from archive.access import VIEW, require
from archive.access.standing import standing_on
from archive.actions._deposit_withdrawal import lock_made, withdraw_made
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import ItemState
from archive.errors import Conflict
from archive.media import resumable
from archive.models import Deposit, DepositItem, User

CLEAR_DEPOSIT = "clear_deposit"


@transaction.atomic
def undo_deposit(*, deposit_id: int, files: int | None = None, by: User) -> Deposit:
    """Let nobody see any more what came of a deposit; its rows and bytes stay as the record of it.

    `files` is how many its undoer was shown. What begins to stand on it meanwhile waits for the locks taken here,
    and is seen. Raises Conflict("deposit_undone", "deposit_changed", "deposit_in_use"), NotAllowed, NotVisible.
    """
    deposit = Deposit.objects.select_for_update(no_key=True).get(pk=deposit_id)
    require(by, VIEW, deposit)
    if deposit.undone_at is not None:
        raise Conflict("deposit_undone")
    require(by, "undo", deposit)
    items = DepositItem.objects.filter(deposit=deposit).order_by("pk")
    lock_made(items)
    if files is not None and files != items.count():
        raise Conflict("deposit_changed")
    if standing_on(deposit):
        raise Conflict("deposit_in_use")
    deposit.undone_at, deposit.undone_by = timezone.now(), by
    deposit.save(update_fields=["undone_at", "undone_by"])
    facts: dict[str, Any] = withdraw_made(items)
    enqueue(CLEAR_DEPOSIT, dedupe_key=str(deposit.pk), by=by, deposit=deposit.pk)
    record_event("deposit.undone", target=deposit, by=by, **facts)
    return deposit


def require_open(deposit: Deposit, *, by: User) -> None:
    """Stop unless `by` may add to the deposit; raises Conflict("deposit_undone"), NotAllowed, NotVisible."""
    require(by, VIEW, deposit)
    if Deposit.objects.filter(pk=deposit.pk, undone_at__isnull=False).exists():
        raise Conflict("deposit_undone")
    require(by, "change", deposit)


@kinds.handles(CLEAR_DEPOSIT, of=(Deposit, "deposit"))
def _clear(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    """Forget the pieces of files that were not kept; nobody can go on with them."""
    waiting = DepositItem.objects.filter(deposit=job.payload["deposit"]).exclude(state=ItemState.KEPT)
    for public_id in waiting.values_list("public_id", flat=True):
        with resumable.alone(public_id, wait=True):
            resumable.discard(public_id)
    return {}
