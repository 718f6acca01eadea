"""Record that an agreement does not hold any more, or never did."""

from __future__ import annotations

from django.db import transaction

from archive.access import VIEW, require, require_may
from archive.actions.record_event import record_event
from archive.errors import Conflict, Invalid
from archive.models import AgreementWithdrawal, Deposit, DepositAgreement, User

#: Longest reason, in code points.
REASON = 5_000


@transaction.atomic
def withdraw_agreement(*, agreement: DepositAgreement, reason: str, by: User) -> AgreementWithdrawal:
    """Insert the withdrawal; the agreement stays to be read, and the one before it counts again.

    Raises Invalid("reason_missing", "words_too_long"), Conflict("agreement_withdrawn"), NotAllowed, NotVisible.
    """
    Deposit.objects.select_for_update(no_key=True).get(pk=agreement.deposit_id)
    require(by, VIEW, agreement)
    require_may(by, "add", DepositAgreement)
    reason = reason.strip().replace("\r\n", "\n")
    if not reason:
        raise Invalid("reason_missing", field="reason")
    if len(reason) > REASON:
        raise Invalid("words_too_long", field="reason", limit_length=REASON)
    if AgreementWithdrawal.objects.filter(agreement=agreement).exists():
        raise Conflict("agreement_withdrawn")
    made = AgreementWithdrawal.objects.create(agreement=agreement, reason=reason, created_by=by)
    record_event("agreement.withdrawn", target=agreement, words=reason, by=by)
    return made
