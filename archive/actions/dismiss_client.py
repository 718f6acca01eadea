"""End what an annotation client was given."""

from __future__ import annotations

from django.db import transaction
from knox.models import AuthToken

from archive.access.client_tokens import OPENS, RENEWS, holder, pair_keys
from archive.actions.record_event import record_event


@transaction.atomic
def dismiss_client(*, token: str) -> None:
    """Delete the pair that this token is of; one that is not known is ended already (RFC 7009)."""
    row = holder(token, OPENS) or holder(token, RENEWS)
    if row is None:
        return
    AuthToken.objects.filter(user=row.user, token_key__in=pair_keys(token)).delete()
    record_event("client.dismissed", target=row.user, by=row.user)
