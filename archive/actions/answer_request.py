"""Decide on a request, and erase what is personal in it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from archive.access import require
from archive.actions.record_event import record_event
from archive.enums import RequestOutcome
from archive.errors import Conflict, Stale
from archive.models import PublicRequest, User


@transaction.atomic
def answer_request(
    *, request_id: int, outcome: RequestOutcome, remark: str, version: int, by: User
) -> PublicRequest:
    """Write down what became of a request; a later answer takes the place of the one before, and the record has both.

    Raises NotVisible, NotAllowed, Stale.
    """
    row = _locked(request_id, version, by, {"outcome", "remark"})
    row.outcome, row.remark = outcome, remark
    row.answered_by, row.answered_at = by, timezone.now()
    _save(row)
    record_event("request.answered", target=row, words=remark, by=by, outcome=outcome)
    return row


@transaction.atomic
def erase_request(*, request_id: int, version: int, by: User) -> PublicRequest:
    """Erase the name, the address and the words of a request that was answered.

    Raises NotVisible, NotAllowed, Stale, Conflict("request_open").
    """
    row = _locked(request_id, version, by, set())
    if not row.outcome:
        raise Conflict("request_open")
    row.name = row.email = row.words = row.about = ""
    row.erased_at = timezone.now()
    _save(row)
    record_event("request.erased", target=row, by=by)
    return row


def _locked(request_id: int, version: int, by: User, shown: set[str]) -> PublicRequest:
    row = PublicRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    require(by, "change", row)
    if row.version != version:
        raise Stale("stale", current={name: str(getattr(row, name)) for name in sorted(shown)})
    return row


def _save(row: PublicRequest) -> None:
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db()
