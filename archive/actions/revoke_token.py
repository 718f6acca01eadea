"""End a token."""

from __future__ import annotations

from django.db import transaction
from knox.models import AuthToken

from archive.access.client_tokens import is_of_client, pair_keys
from archive.actions.record_event import record_event
from archive.errors import NotVisible
from archive.models import User


@transaction.atomic
def revoke_token(*, key: str, by: User) -> None:
    """Delete one of the person's own tokens, named by how it begins; one that a client got, with its twin.

    Raises NotVisible.
    """
    keys = pair_keys(key) if is_of_client(key) else [key]
    deleted, _rows = AuthToken.objects.filter(user=by, token_key__in=keys).delete()
    if not deleted:
        raise NotVisible("not_visible")
    record_event("token.revoked", target=by, by=by)
