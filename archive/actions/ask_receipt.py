"""Ask for the receipt of a deposit as PDF."""

from __future__ import annotations

from django.db import transaction

from archive.access import VIEW, require, require_may
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.models import Deposit, PrintedReceipt, User

PRINT_RECEIPT = "print_receipt"


@transaction.atomic
def ask_receipt(*, deposit: Deposit, language: str, by: User) -> PrintedReceipt:
    """Promise the receipt as it stands when it is printed, for the one who asks.

    While one that they asked for waits, it is that one. Raises NotAllowed, NotVisible.
    """
    require(by, VIEW, deposit)
    require_may(by, "add", PrintedReceipt)
    Deposit.objects.select_for_update(no_key=True).get(pk=deposit.pk)
    asked = PrintedReceipt.objects.filter(deposit=deposit, created_by=by, language=language, size=None)
    waiting = asked.filter(job__state="queued").first()
    if waiting is not None:
        return waiting
    receipt = PrintedReceipt.objects.create(deposit=deposit, language=language, created_by=by)
    receipt.job = enqueue(PRINT_RECEIPT, dedupe_key=str(receipt.pk), by=by, receipt=receipt.pk)
    receipt.save(update_fields=["job"])
    record_event("receipt.asked", target=receipt, by=by, deposit=deposit.public_id)
    return receipt
