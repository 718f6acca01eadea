"""Print a receipt that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import override

from archive import kinds
from archive.access import VIEW, require
from archive.actions._kept_packages import finish
from archive.actions.ask_receipt import PRINT_RECEIPT
from archive.actions.build_take_out import packer
from archive.actions.record_event import record_event
from archive.exports.printing import breakable, typeset
from archive.media.packages import lay_down
from archive.models import PrintedReceipt
from archive.presenters.printed_receipt import printed

Progress = Callable[..., None]


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
    size, sha256 = lay_down(receipt, lambda staged: staged.write_bytes(data))
    return finish(receipt, size, sha256, record=_record)


def _printed(receipt: PrintedReceipt) -> bytes:
    deposit = receipt.deposit
    items = deposit.items.select_related("arrival__stored_file", "video").order_by("pk")
    agreements = deposit.agreements.filter(withdrawal=None).select_related("arrival__stored_file")
    agreement = agreements.order_by("-pk").first()
    with override(receipt.language):
        value = printed(deposit, items, agreement=agreement, site=packer(), fit=breakable)
    return typeset("receipt", value, at=receipt.created_at)


def _record(receipt: PrintedReceipt) -> None:
    record_event("receipt.printed", target=receipt, by=receipt.created_by, sha256=receipt.sha256)


@kinds.handles(PRINT_RECEIPT, of=(PrintedReceipt, "receipt"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    receipt = print_receipt(receipt_id=job.payload["receipt"], progress=progress)
    return {"receipt": receipt.public_id, "result_url": receipt.get_absolute_url()}
