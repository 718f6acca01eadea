"""Take a piece of a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive.access import VIEW, require
from archive.actions.enqueue import enqueue, hurry
from archive.actions.undo_deposit import require_open
from archive.enums import ItemState
from archive.errors import Conflict
from archive.media import resumable
from archive.models import DepositItem, User

SETTLE_ITEM = "settle_item"
#: How long a file that is all here waits for the hash that its sender promised.
PATIENCE = timedelta(minutes=15)


def append_bytes(*, item: DepositItem, offset: int, pieces: Iterable[bytes], by: User) -> DepositItem:
    """Write pieces at `offset` and answer for them; the last one promises the rest of the way.

    Where the sender promised a hash, that waits for it, but not for ever.

    The disk comes first: the row never speaks of bytes that a power cut could take. Where bytes that were answered
    for are gone (staging is in no backup), the row is set back, so that the sender begins again.
    Raises Conflict("wrong_offset", "deposit_undone"), Locked, StorageFull, NotAllowed.
    """
    require(by, VIEW, item)
    require_open(item.deposit, by=by)
    _require_place(item, offset)
    with resumable.alone(item.public_id) as file:
        # Read again: another request may have moved it since, and the file is ours only now.
        item.refresh_from_db(fields=["state", "offset"])
        if item.state == ItemState.KEPT:
            resumable.discard(item.public_id)
        _require_place(item, offset)
        if not file.holds(offset):
            set_back(item)
            resumable.discard(item.public_id)
            raise Conflict("wrong_offset", offset=item.offset)
        return _answer_for(item, offset, file.append(offset, pieces, size=item.size), by)


def _require_place(item: DepositItem, offset: int) -> None:
    if item.state != ItemState.SENDING or offset != item.offset:
        raise Conflict("wrong_offset", offset=item.offset)


@transaction.atomic
def set_back(item: DepositItem) -> None:
    """Say that nothing of this file is here, unless it was kept meanwhile.

    Of a file that grew shorter by itself the rest is not believed either.
    """
    rows = DepositItem.objects.filter(pk=item.pk, state__in=(ItemState.SENDING, ItemState.ARRIVED))
    rows.update(state=ItemState.SENDING, offset=0, touched_at=timezone.now())
    item.refresh_from_db(fields=["state", "offset"])


@transaction.atomic
def _answer_for(item: DepositItem, offset: int, reached: int, by: User) -> DepositItem:
    state = ItemState.ARRIVED if reached == item.size else ItemState.SENDING
    moved = DepositItem.objects.filter(pk=item.pk, state=ItemState.SENDING, offset=offset).update(
        offset=reached, state=state, touched_at=timezone.now()
    )
    if not moved:
        raise Conflict("wrong_offset", offset=item.offset)
    # Read under the lock of the row: its sender may just be telling the hash.
    item.refresh_from_db(fields=["offset", "state", "hash_follows"])
    if state == ItemState.ARRIVED:
        _promise(item, by)
    return item


def _promise(item: DepositItem, by: User) -> None:
    """Have a file settled that is all here: now, or once its hash is told, and at last without it."""
    patience = timezone.now() + PATIENCE if item.hash_follows else None
    job = enqueue(SETTLE_ITEM, dedupe_key=str(item.pk), not_before=patience, by=by, item=item.pk)
    if patience is None:
        hurry(job)
