"""Give a person a token for their programs."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from knox.models import AuthToken

from archive.access.client_tokens import CLIENTS
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed
from archive.models import User

#: Tokens of one person at a time; those of annotation clients come and go by themselves.
MOST = 50


@transaction.atomic
def make_token(*, days: int, by: User) -> tuple[AuthToken, str]:
    """Insert a token that is good for some days; return it with its secret, of which only a hash is kept.

    Raises NotAllowed for a deactivated account, Invalid("too_many").
    """
    if not by.is_active:
        raise NotAllowed("not_allowed", action="token")
    if AuthToken.objects.filter(user=by).exclude(token_key__startswith=CLIENTS).count() >= MOST:
        raise Invalid("too_many", limit_count=MOST)
    row, secret = AuthToken.objects.create(by, expiry=timedelta(days=days))
    record_event("token.made", target=by, by=by, days=days)
    return row, secret
