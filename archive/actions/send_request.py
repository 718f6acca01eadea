"""Take in what somebody outside asks about the material, and tell those who decide."""

from __future__ import annotations

from django.db import transaction

from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.enums import RequestKind, RequestRelation, RoleCode
from archive.models import PublicRequest, User

#: Told of every request.
_DECIDE = (RoleCode.ARCHIVIST, RoleCode.ADMINISTRATOR)


@transaction.atomic
def send_request(
    *, kind: RequestKind, relation: RequestRelation, about: str, words: str, email: str, language: str, name: str = ""
) -> PublicRequest:  # fmt: skip
    """Return the request; the chain records its kind, and nothing by which anybody is known."""
    made = PublicRequest.objects.create(
        kind=kind, relation=relation, about=about, words=words, name=name, email=email, language=language
    )
    readers = User.objects.filter(is_active=True, roles__code__in=_DECIDE).order_by("pk").distinct()
    for reader in readers:
        notify("request_received", user=reader, url=made.get_absolute_url(), request=made.public_id)
    record_event("request.received", target=made, by=None, kind=kind)
    return made
