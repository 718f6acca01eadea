"""Keep with a deposit under which terms it was given."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone

from archive.access import VIEW, require, require_may
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import Deposit, DepositAgreement, FileArrival, User

#: Longest terms, in code points.
TERMS = 50_000


@transaction.atomic
def record_agreement(
    *, deposit: Deposit, giver: str, signed_on: date, terms: str = "", arrival: FileArrival | None = None, by: User
) -> DepositAgreement:  # fmt: skip
    """Insert the agreement; an earlier one of the deposit stays, and the newest counts. Also of one that was undone.

    The record of acts holds what was agreed to, the paper and the words, by their hashes; not by whom.
    Raises Invalid("giver_missing", "terms_missing", "words_too_long", "day_to_come"), NotAllowed, NotVisible.
    """
    require(by, VIEW, deposit)
    require_may(by, "add", DepositAgreement)
    giver, terms = giver.strip(), terms.strip().replace("\r\n", "\n")
    if not giver:
        raise Invalid("giver_missing", field="giver")
    if not terms and arrival is None:
        raise Invalid("terms_missing", field="terms")
    for name, words, limit in (("giver", giver, 300), ("terms", terms, TERMS)):
        if len(words) > limit:
            raise Invalid("words_too_long", field=name, limit_length=limit)
    if signed_on > timezone.localdate():
        raise Invalid("day_to_come", field="signed_on")
    agreement = DepositAgreement.objects.create(
        deposit=deposit, giver=giver, terms=terms, arrival=arrival, signed_on=signed_on, created_by=by
    )
    sha256 = arrival.stored_file.sha256 if arrival else ""
    record_event(
        "agreement.recorded", target=agreement, by=by, deposit=deposit.public_id, sha256=sha256,
        terms=hashlib.sha256(terms.encode()).hexdigest() if terms else "",
    )  # fmt: skip
    return agreement
