"""Print a receipt that was asked for."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from archive import kinds
from archive.access import VIEW, require
from archive.actions.ask_receipt import PRINT_RECEIPT
from archive.actions.build_take_out import packer
from archive.actions.record_event import record_event
from archive.errors import StorageFull
from archive.exports.printing import breakable, typeset
from archive.media import paths, space
from archive.models import PrintedReceipt
from archive.presenters.printed_receipt import printed

Progress = Callable[..., None]

#: How long a receipt waits to be fetched.
KEPT = timedelta(days=7)


def print_receipt(*, receipt_id: int, progress: Progress = lambda percent, **message: None) -> PrintedReceipt:
    """Write the receipt as its deposit stands now; one that is there stays as it is.

    Killed at any moment, it can simply be run again.
    Raises NotAllowed, NotVisible, StorageFull, HashiyaError("not_printed").
    """
    receipt = PrintedReceipt.objects.select_related(
        "deposit__created_by", "deposit__collection", "deposit__undone_by", "created_by"
    ).get(pk=receipt_id)
    if receipt.size is not None:
        return receipt
    require(receipt.created_by, VIEW, receipt.deposit)
    require(receipt.created_by, VIEW, receipt)
    progress(10, code="receipt_printing", params={})
    data = _printed(receipt)
    _lay_down(place_of(receipt), data)
    return _record(receipt, data)


def place_of(receipt: PrintedReceipt) -> Path:
    """Return where a finished receipt lies: beside the packages, which are swept alike."""
    return paths.packages() / f"{receipt.public_id}.pdf"


def _printed(receipt: PrintedReceipt) -> bytes:
    deposit = receipt.deposit
    items = deposit.items.select_related("arrival__stored_file").order_by("pk")
    agreements = deposit.agreements.filter(withdrawal=None).select_related("arrival__stored_file")
    agreement = agreements.order_by("-pk").first()
    with override(receipt.language):
        value = printed(deposit, items, agreement=agreement, site=packer(), fit=breakable)
    return typeset("receipt", value, at=receipt.created_at)


def _lay_down(place: Path, data: bytes) -> None:
    staged = place.with_name(f".{secrets.token_hex(16)}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with staged.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(place)
    except OSError as error:
        if space.is_full(error):
            raise StorageFull("storage_full") from error
        raise
    finally:
        staged.unlink(missing_ok=True)


@transaction.atomic
def _record(receipt: PrintedReceipt, data: bytes) -> PrintedReceipt:
    locked = PrintedReceipt.objects.select_for_update(no_key=True).get(pk=receipt.pk)
    if locked.size is None:
        locked.size, locked.sha256 = len(data), hashlib.sha256(data).hexdigest()
        locked.expires_at = timezone.now() + KEPT
        locked.save(update_fields=["size", "sha256", "expires_at"])
        record_event("receipt.printed", target=locked, by=receipt.created_by, sha256=locked.sha256)
    return locked


@kinds.handles(PRINT_RECEIPT, of=(PrintedReceipt, "receipt"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    receipt = print_receipt(receipt_id=job.payload["receipt"], progress=progress)
    return {"receipt": receipt.public_id, "result_url": receipt.get_absolute_url()}
