"""Lay a complete file down under its hash, and make of it what it can become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import allows
from archive.actions.add_film import add_film
from archive.actions.add_image import TAKEN, add_image
from archive.actions.add_recording import add_recording
from archive.actions.append_bytes import SETTLE_ITEM, set_back
from archive.actions.receive_file import adopt_bytes, record_arrival
from archive.actions.start_import import start_import
from archive.actions.tell_hash import set_apart
from archive.enums import ItemState
from archive.errors import HashiyaError, Invalid, NotAllowed
from archive.importers.registry import guess
from archive.media import limits, resumable
from archive.media.film_bytes import FILMS, SOUND, film_type
from archive.models import Deposit, DepositItem, FileArrival

Progress = Callable[..., None]


def settle_item(*, item_id: int, progress: Progress = lambda percent, **message: None) -> DepositItem:
    """Keep the bytes, then enter an image, a recording or a film, or begin to read a text; one that is kept stays as it is.

    One whose bytes are not those that its sender has is set apart, and nothing is made of it.
    One whose bytes are gone (staging is in no backup) is set back, so that it is sent again.
    One whose deposit was undone meanwhile stays where it is. Raises NotAllowed when the sender's account may no longer send anything in.
    """
    item = _read(item_id)
    if item.state == ItemState.SENDING:
        return item
    with resumable.alone(item.public_id, wait=True) as file:
        settled = _settle(_read(item_id), file, progress)
        if settled.state == ItemState.KEPT:
            resumable.discard(item.public_id)
    return settled


def _read(item_id: int) -> DepositItem:
    return DepositItem.objects.select_related("deposit__created_by", "deposit__collection").get(pk=item_id)


def _settle(item: DepositItem, file: resumable.Pieces, progress: Progress) -> DepositItem:
    """Do it, while nobody writes the file."""
    if item.state != ItemState.ARRIVED or item.deposit.undone_at is not None:
        return item
    if not allows(item.deposit.created_by, "change", item):
        raise NotAllowed("not_allowed", action="change")

    def alive() -> None:
        progress(50, code="file_hashing", params={})

    if file.length != item.size:
        set_back(item)
        return item
    try:
        found = adopt_bytes(file.path, expect=item.told_sha256, alive=alive)
    except Invalid as error:
        return _differ(item, error.params["sha256"])
    return _keep(item, *found)


@transaction.atomic
def _differ(item: DepositItem, sha256: str) -> DepositItem:
    locked = DepositItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if locked.state != ItemState.ARRIVED or _is_undone(locked):
        return locked
    return set_apart(locked, sha256, by=item.deposit.created_by)


@transaction.atomic
def _keep(item: DepositItem, sha256: str, size: int, head: bytes) -> DepositItem:
    locked = DepositItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if locked.state == ItemState.KEPT or _is_undone(locked):
        return locked
    if locked.told_sha256 not in ("", sha256):  # It was told while the file was hashed.
        return set_apart(locked, sha256, by=item.deposit.created_by)
    locked.arrival = record_arrival(
        sha256=sha256, size=size, head=head, filename=item.filename, by=item.deposit.created_by
    )
    locked.state = ItemState.KEPT
    try:
        with transaction.atomic():
            _become(locked, item, locked.arrival, head)
    except HashiyaError as error:
        # Kept all the same; the receipt says why nothing more came of it.
        locked.image = locked.video = locked.run = None
        locked.error = error.as_json()
    locked.save()
    return locked


def _is_undone(locked: DepositItem) -> bool:
    """Whether the deposit was undone: that waits for this item's lock, or we waited for it."""
    return Deposit.objects.filter(pk=locked.deposit_id, undone_at__isnull=False).exists()


def _become(locked: DepositItem, item: DepositItem, arrival: FileArrival, head: bytes) -> None:
    deposit = item.deposit
    media_type = arrival.stored_file.media_type
    if media_type in TAKEN or media_type == "image/svg+xml":
        if arrival.stored_file.size > limits.IMAGE_BYTES:
            raise Invalid("too_large", limit=limits.IMAGE_BYTES)
        values = {"collection": deposit.collection} if deposit.collection else {}
        locked.image = add_image(arrival=arrival, values=values, unless_here=True, by=deposit.created_by)
    elif film_type(head) in SOUND | FILMS:
        values = {"collection": deposit.collection} if deposit.collection else {}
        add = add_recording if film_type(head) in SOUND else add_film
        locked.video = add(arrival=arrival, values=values, by=deposit.created_by)
    elif guess(arrival.filename, head) is not None:
        if arrival.stored_file.size > limits.TEXT_BYTES:
            raise Invalid("too_large", limit=limits.TEXT_BYTES)
        locked.run = start_import(arrival=arrival, language=deposit.language, by=deposit.created_by)


@kinds.handles(SETTLE_ITEM, of=(DepositItem, "item"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    item = settle_item(item_id=job.payload["item"], progress=progress)
    return {"item": item.public_id, "state": item.state}
