"""Take the SHA-256 that a sender worked out of a file at its own end, and compare it with what is here."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from archive.access import VIEW, require
from archive.access.standing import standing_on
from archive.actions._deposit_withdrawal import lock_made, withdraw_made
from archive.actions.append_bytes import SETTLE_ITEM, set_back
from archive.actions.enqueue import enqueue, hurry
from archive.actions.record_event import record_event
from archive.actions.undo_deposit import require_open
from archive.enums import Compared, Differing, ItemState
from archive.errors import Conflict, Invalid
from archive.models import Deposit, DepositItem, User

_SHA256 = re.compile("[0-9a-f]{64}")


@transaction.atomic
def tell_hash(*, item: DepositItem, sha256: str | None, by: User) -> DepositItem:
    """Write down the hash of the sender's own file; None: none will come, so that nobody waits for it.

    A file that waits for it is settled now. One that was kept without it and turns out to have other bytes counts as
    not kept: what was made of it goes, unless something stands on it. The hash of a file of which not all is here may be
    told anew: its pieces are of another file then. Afterwards only the same is taken.
    Raises Invalid("hash_malformed"), Conflict("hash_told", "deposit_undone"), NotAllowed, NotVisible.
    """
    told = clean_hash(sha256) if sha256 is not None else ""
    require(by, VIEW, item)
    locked = DepositItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    require_open(item.deposit, by=by)
    if locked.told_sha256 == told and not locked.hash_follows:
        return locked
    if locked.told_sha256 and (not told or locked.state != ItemState.SENDING):
        raise Conflict("hash_told")
    if locked.state == ItemState.SENDING and locked.told_sha256 and locked.offset:
        set_back(locked)
    locked.told_sha256, locked.hash_follows = told, False
    locked.save(update_fields=["told_sha256", "hash_follows"])
    if locked.state == ItemState.ARRIVED:
        hurry(enqueue(SETTLE_ITEM, dedupe_key=str(locked.pk), by=by, item=locked.pk))
    elif locked.arrival is not None and told and locked.state == ItemState.KEPT:
        _compare(locked, locked.arrival.stored_file.sha256, by)
    return locked


def clean_hash(words: str) -> str:
    """Return a SHA-256 as it is kept; raises Invalid("hash_malformed")."""
    told = words.strip().lower()
    if not _SHA256.fullmatch(told):
        raise Invalid("hash_malformed")
    return told


def differing(sha256: str) -> dict[str, Any]:
    """Return why nothing is made of a file whose bytes, of this hash, are not those that its sender has."""
    return {"code": Differing.OTHER_BYTES, "params": {"sha256": sha256}}


def set_apart(locked: DepositItem, sha256: str, *, by: User) -> DepositItem:
    """Say that the bytes that are here, of this hash, are not those that the sender has.

    They stay until it sends the file again, or somebody leaves it out. Assumes the row's lock.
    """
    locked.state = ItemState.DIFFERS
    locked.error = differing(sha256)
    locked.save()
    record_event("deposit.file_differs", target=locked, by=by, told=locked.told_sha256, found=sha256)
    return locked


def _compare(locked: DepositItem, sha256: str, by: User) -> None:
    """Look at a file that was kept before its sender told its hash."""
    if locked.told_sha256 == sha256:
        return
    rows = DepositItem.objects.filter(pk=locked.pk)
    lock_made(rows)
    if not standing_on(locked.deposit, locked):
        withdraw_made(rows)
        locked.image = locked.video = locked.run = None
    set_apart(locked, sha256, by=by)


@transaction.atomic
def begin_again(item: DepositItem) -> DepositItem | None:
    """Make room for a file that came with other bytes and is sent again after all; return the row that waits for it.

    One of which bytes were kept stays as a row of the receipt, and gives its name up for a new one: None is returned.
    """
    Deposit.objects.select_for_update(no_key=True).get(pk=item.deposit_id)
    locked = DepositItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if locked.key != item.key or locked.compared != Compared.DIFFERS:  # Another window was faster.
        return DepositItem.objects.filter(deposit=item.deposit_id, key=item.key).first()
    if locked.arrival_id is not None:
        locked.key = f"past-{locked.public_id}"
        locked.state, locked.error = ItemState.REFUSED, {**locked.error, "code": Differing.SENT_AGAIN}
        locked.save()
        return None
    locked.state, locked.offset, locked.error = ItemState.SENDING, 0, {}
    locked.told_sha256, locked.hash_follows = "", False
    locked.save()
    return locked
