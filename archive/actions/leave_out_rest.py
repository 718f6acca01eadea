"""Say of the files that never came that nobody waits for them any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive import kinds
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.actions.undo_deposit import require_open
from archive.enums import Differing, ItemState
from archive.media import resumable
from archive.models import Deposit, DepositItem, User

LEFT_OUT = "left_out"
FORGET_PIECES = "forget_pieces"


@transaction.atomic
def leave_out_rest(*, deposit_id: int, by: User) -> int:
    """Stop waiting for what is not all here, or came with other bytes; return how many files that are.

    The receipt goes on to name them, and what came.
    Whoever chooses one of them again sends it from its beginning. A window that is sending one meanwhile is told to
    begin anew by the row, which does not stand where it thinks.
    Raises Conflict("deposit_undone"), NotAllowed, NotVisible.
    """
    deposit = Deposit.objects.select_for_update(no_key=True).get(pk=deposit_id)
    require_open(deposit, by=by)
    waiting = DepositItem.objects.filter(deposit=deposit, state__in=(ItemState.SENDING, ItemState.DIFFERS))
    rows = list(waiting.order_by("pk").select_for_update(no_key=True))
    for item in rows:
        if item.state == ItemState.DIFFERS:
            item.error = {**item.error, "code": Differing.LEFT_DIFFERING}
        else:
            item.error = {"code": LEFT_OUT, "params": {}}
        item.state, item.offset, item.touched_at = ItemState.REFUSED, 0, timezone.now()
    DepositItem.objects.bulk_update(rows, ["state", "error", "offset", "touched_at"], batch_size=200)
    if rows:
        record_event("deposit.left_out", target=deposit, by=by, files=len(rows))
        enqueue(FORGET_PIECES, dedupe_key=str(deposit.pk), by=by, deposit=deposit.pk)
    return len(rows)


@kinds.handles(FORGET_PIECES, of=(Deposit, "deposit"))
def _forget(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    """Give the room of their pieces back, but for those that somebody has chosen again meanwhile."""
    left = DepositItem.objects.filter(deposit=job.payload["deposit"], state=ItemState.REFUSED)
    for public_id in left.values_list("public_id", flat=True):
        with resumable.alone(public_id, wait=True):
            if left.filter(public_id=public_id).exists():
                resumable.discard(public_id)
    return {}
