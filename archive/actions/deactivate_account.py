"""Let a person leave, or come back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from knox.models import AuthToken

from archive.access import require
from archive.actions.change_account import refuse_last_administrator
from archive.actions.mail_news import take_back_mails
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import Invalid
from archive.models import Erasure, User


@transaction.atomic
def deactivate_account(*, user_id: int, by: User) -> User:
    """Close an account at once: its sessions and tokens end; what it wrote and decided stays under its name.

    Raises NotAllowed, and Invalid("last_administrator").
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    require(by, "change", user)
    if RoleCode.ADMINISTRATOR in user.role_codes:
        refuse_last_administrator(user)
    user.is_active, user.deactivated_at = False, timezone.now()
    user.session_stamp += 1  # Else one that lies idle meanwhile would go on when the account is opened again.
    user.save(update_fields=["is_active", "deactivated_at", "session_stamp"])
    AuthToken.objects.filter(user=user).delete()
    take_back_mails(user)
    record_event("person.deactivated", target=user, by=by)
    return user


@transaction.atomic
def reactivate_account(*, user_id: int, by: User) -> User:
    """Open a closed account again, with the roles it had.

    Raises NotAllowed, and Invalid("account_erased").
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    require(by, "change", user)
    if Erasure.objects.filter(account=user).exclude(done_at=None).exists():
        raise Invalid("account_erased")
    user.is_active, user.deactivated_at = True, None
    user.save(update_fields=["is_active", "deactivated_at"])
    record_event("person.reactivated", target=user, by=by)
    return user
