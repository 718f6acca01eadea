"""Record what somebody who speaks in a work agreed to, and that they do no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from archive.access import require, require_may
from archive.access.consents import ended_consents
from archive.actions.record_event import record_event
from archive.enums import ConsentPurpose
from archive.errors import Conflict, Invalid
from archive.models import Consent, User, Work


@transaction.atomic
def record_consent(
    *, work: Work, person: str, purposes: Iterable[str], given_on: date, until: date | None = None, note: str = "",
    by: User,
) -> Consent:  # fmt: skip
    """Insert a consent; the record of acts holds what was agreed to, not by whom.

    Raises Invalid("person_missing", "purposes_missing", "ends_before"), NotAllowed, NotVisible.
    """
    require(by, "change", work)
    require_may(by, "add", Consent)
    chosen = set(purposes)
    if not person.strip():
        raise Invalid("person_missing", field="person")
    if not chosen or not chosen <= set(ConsentPurpose):
        raise Invalid("purposes_missing", field="purposes")
    if until is not None and until < given_on:
        raise Invalid("ends_before", field="until")
    consent = Consent.objects.create(
        work=work, person=person.strip()[:200], purposes=[one.value for one in ConsentPurpose if one in chosen],
        given_on=given_on, until=until, note=note.strip(), created_by=by,
    )  # fmt: skip
    record_event("consent.recorded", target=consent, by=by, work=work.public_id, purposes=consent.purposes)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, note: str = "", by: User) -> Consent:
    """Record that a consent holds no more: it waits on the worklist until somebody has acted on it.

    Raises Conflict("consent_withdrawn"), NotAllowed, NotVisible.
    """
    locked = _locked(consent, by)
    if locked.withdrawn_at is not None:
        raise Conflict("consent_withdrawn")
    locked.withdrawn_at, locked.withdrawal_note = timezone.now(), note.strip()
    locked.settled_at = locked.settled_by = None
    locked.save()
    record_event("consent.withdrawn", target=locked, words=note.strip(), by=by)
    return locked


@transaction.atomic
def settle_consent(*, consent: Consent, note: str = "", by: User) -> Consent:
    """Record that what the end of a consent asked for is done; it leaves the worklist.

    Raises Conflict("consent_settled"), NotAllowed, NotVisible.
    """
    locked = _locked(consent, by)
    if not ended_consents(by).filter(pk=locked.pk).exists():
        raise Conflict("consent_settled")
    locked.settled_at, locked.settled_by = timezone.now(), by
    locked.save(update_fields=["settled_at", "settled_by"])
    record_event("consent.settled", target=locked, words=note.strip(), by=by)
    return locked


def _locked(consent: Consent, by: User) -> Consent:
    locked = Consent.objects.select_for_update(no_key=True).get(pk=consent.pk)
    require(by, "change", locked)
    return locked
