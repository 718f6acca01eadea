"""Begin to send in files."""

from __future__ import annotations

from django.db import transaction

from archive.access import require, require_may
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.models import Collection, Deposit, User


@transaction.atomic
def open_deposit(
    *, note: str = "", collection: Collection | None = None, language: str = "ar", key: str = "", by: User
) -> Deposit:
    """Return a new deposit that files can be announced in; raises NotAllowed."""
    require_may(by, "add", Deposit)
    if collection is not None:
        require(by, "change", collection)

    def make() -> Deposit:
        deposit = Deposit.objects.create(
            note=note.strip()[:300], collection=collection, language=language, created_by=by
        )
        record_event("deposit.opened", target=deposit, by=by)
        return deposit

    return once(Deposit, scope="deposit", key=key, make=make, by=by)
