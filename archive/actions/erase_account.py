"""Erase an account's personal data: the account stays, without anything that says whose it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from archive import kinds
from archive.actions.ask_erasure import ERASE_ACCOUNT
from archive.actions.bump_epoch import bump_epoch
from archive.actions.change_account import refuse_last_administrator
from archive.actions.mail_news import take_back_mails
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.exports.personal.gather import rows_of, sessions
from archive.keeping import erasures
from archive.media.packages import place_of
from archive.models import (
    AuditDetail,
    AuditEvent,
    Erasure,
    Group,
    GroupInvitation,
    Invitation,
    Notice,
    PersonalExport,
    User,
)


def erase_account(*, erasure_id: int) -> bool:
    """Erase what was promised to be erased; return whether it was done now: not when called off, or done before.

    The list of erasures, which a restored backup is brought up to date with, has it before the database does.
    Raises Invalid("last_administrator").
    """
    with transaction.atomic():
        due = Erasure.objects.filter(pk=erasure_id, cancelled_at=None, done_at=None, due_at__lte=Now())
        erasure = due.select_related("asked_by").select_for_update(no_key=True, of=("self",)).first()
        if erasure is None:
            return False
        account = User.objects.select_for_update(no_key=True).get(pk=erasure.account_id)
        if RoleCode.ADMINISTRATOR in account.role_codes:
            refuse_last_administrator(account)
        packages = erase_rows(account)
        erasure.done_at = timezone.now()
        erasure.save(update_fields=["done_at"])
        record_event("person.erased", target=account, by=erasure.asked_by, erasure=erasure.public_id)
        for hear in kinds.after_erasure:
            hear(account.pk)
        # Last: one that fails can still be called off, and is not to be erased by the next restore.
        erasures.write_down(account.public_id)
    # Deleted last: a package whose row says that it is over is given to nobody meanwhile.
    for package in packages:
        place_of(package).unlink(missing_ok=True)
    return True


def pseudonym(account: User) -> str:
    """Return the name that stays, in both languages: it tells two of them apart and nothing else."""
    return f"عضو سابق · Former member {account.public_id[:4]}"


def erase_rows(account: User) -> list[PersonalExport]:
    """Take everything personal out of the database, in the caller's transaction; return packages to be deleted."""
    before, name = account.email, account.display_name
    take_back_mails(account)
    for key in kinds.personal_keys:
        if key.is_erased:
            rows_of(key, account.pk).delete()
    for session in sessions(account.pk):
        session.delete()
    Invitation.objects.filter(accepted_by=account).update(email=_nowhere(account))
    Invitation.objects.filter(email__iexact=before).update(email=_nowhere(account))
    GroupInvitation.objects.filter(email__iexact=before).delete()
    # Their groups are the administrators' to keep from now on, who alone say who is in such a one.
    GroupInvitation.objects.filter(group__keeper=account).delete()
    for group in Group.objects.filter(keeper=account):
        taken = Group.objects.filter(name=group.name, keeper=None).exists()
        group.keeper, group.name = (
            None,
            f"{group.name[:110]} ({group.public_id[:6]})" if taken else group.name,
        )
        group.save(update_fields=["keeper", "name"])
    # Older ones have the name alone.
    named = Q(params__giver_id=account.public_id) | Q(params__giver_id__isnull=True, params__giver=name)
    for told in Notice.objects.filter(named):
        told.params["giver"] = pseudonym(account)
        told.save(update_fields=["params"])
    # The words that others wrote about the account's own acts stay; those about the account itself go.
    about = AuditEvent.objects.filter(target_kind="user", target_id=account.public_id)
    AuditDetail.objects.filter(sequence__in=list(about.values_list("sequence", flat=True))).delete()
    _become_nobody(account)
    bump_epoch()
    packages = PersonalExport.objects.filter(account=account)
    packages.update(expires_at=timezone.now())
    return list(packages)


def _become_nobody(account: User) -> None:
    account.display_name, account.email = pseudonym(account), _nowhere(account)
    account.language, account.last_login = "ar", None
    account.is_active, account.deactivated_at = False, account.deactivated_at or timezone.now()
    account.session_stamp += 1
    account.set_unusable_password()
    account.save()


def _nowhere(account: User) -> str:
    """Return an address that no mail can reach (RFC 2606)."""
    return f"{account.public_id}@erased.invalid"


@kinds.handles(ERASE_ACCOUNT, of=(Erasure, "erasure"))
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return {"erased": erase_account(erasure_id=job.payload["erasure"])}
