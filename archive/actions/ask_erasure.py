"""Ask for the erasure of an account's personal data, or call it off."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.change_account import refuse_last_administrator
from archive.actions.enqueue import enqueue
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import Conflict, Invalid
from archive.models import Erasure, User

ERASE_ACCOUNT = "erase_account"


@transaction.atomic
def ask_erasure(*, account_id: int, password: str, by: User) -> Erasure:
    """Promise to erase the account's personal data once the days of grace are over.

    `by` is its owner or an administrator, and shows with their own password that it is they.
    Raises NotAllowed, NotVisible, Invalid("wrong_password", "last_administrator"), Conflict("erasure_waits",
    "account_erased").
    """
    account = User.objects.select_for_update(no_key=True).get(pk=account_id)
    if account.pk != by.pk:
        require(by, "change", account)
    if not by.check_password(password):
        raise Invalid("wrong_password", field="password")
    if waiting_or_done := Erasure.objects.filter(account=account, cancelled_at=None).first():
        raise Conflict("account_erased" if waiting_or_done.done_at else "erasure_waits")
    if RoleCode.ADMINISTRATOR in account.role_codes:
        refuse_last_administrator(account)
    due = timezone.now() + timedelta(days=settings.ERASURE_GRACE_DAYS)
    erasure = Erasure.objects.create(account=account, asked_by=by, due_at=due)
    bump_epoch()  # From now on they are not among the contributors.
    enqueue(ERASE_ACCOUNT, not_before=due, by=by, erasure=erasure.pk)
    if account.pk != by.pk:
        notify("erasure_asked", user=account, days=settings.ERASURE_GRACE_DAYS)
    record_event("person.erasure_asked", target=account, by=by, erasure=erasure.public_id)
    return erasure


@transaction.atomic
def cancel_erasure(*, account_id: int, by: User) -> None:
    """Call off an erasure that waits; nothing happens when none does.

    Raises NotAllowed, NotVisible, Conflict("account_erased").
    """
    account = User.objects.select_for_update(no_key=True).get(pk=account_id)
    if account.pk != by.pk:
        require(by, "change", account)
    erasure = (
        Erasure.objects.select_for_update(no_key=True).filter(account=account, cancelled_at=None).first()
    )
    if erasure is None:
        return
    if erasure.done_at:
        raise Conflict("account_erased")
    erasure.cancelled_at = timezone.now()
    bump_epoch()
    erasure.save(update_fields=["cancelled_at"])
    record_event("person.erasure_cancelled", target=account, by=by, erasure=erasure.public_id)
