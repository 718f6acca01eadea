"""Ask for a package of a person's own data."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.enqueue import enqueue
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.models import PersonalExport, User

EXPORT_PERSON = "export_person"


@transaction.atomic
def ask_personal_export(*, account_id: int, by: User) -> PersonalExport:
    """Promise a package to its owner, or to an administrator whom the owner asked; one that is being made is that one.

    The owner is told when it was somebody else. Raises NotAllowed, NotVisible.
    """
    account = User.objects.select_for_update(no_key=True).get(pk=account_id)
    if account.pk != by.pk:
        require(by, "change", account)
    waiting = PersonalExport.objects.filter(
        account=account, created_by=by, size=None, job__state__in=["queued", "running"]
    )
    if package := waiting.first():
        return package
    package = PersonalExport.objects.create(account=account, created_by=by)
    package.job = enqueue(EXPORT_PERSON, by=by, export=package.pk)
    package.save(update_fields=["job"])
    if account.pk != by.pk:
        notify("data_exported", user=account)
    record_event("person.export_asked", target=account, by=by, package=package.public_id)
    return package
