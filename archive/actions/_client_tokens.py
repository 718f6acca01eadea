"""The rows of a client's pair of tokens."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from knox.crypto import hash_token
from knox.models import AuthToken

from archive.access.client_tokens import (
    CLIENTS,
    KEY_LENGTH,
    OPENS,
    OPENS_FOR,
    RENEWS,
    RENEWS_FOR,
    new_pair,
    new_secret,
)
from archive.models import User

#: Pairs of one person at a time; the oldest make room.
MOST = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """Two secrets, told once: only their hashes are kept."""

    opens: str
    renews: str
    #: Seconds for which the first is good.
    seconds: int


def insert_pair(user: User) -> Pair:
    """Insert a pair for this person; what ran out goes, and what is too many."""
    old = AuthToken.objects.filter(user=user, token_key__startswith=CLIENTS)
    old.filter(expiry__lte=timezone.now()).delete()
    too_many = old.filter(token_key__startswith=RENEWS).order_by("-created")[MOST - 1 :]
    for key in list(too_many.values_list("token_key", flat=True)):
        old.filter(token_key__in=[kind + key[len(RENEWS) :] for kind in (OPENS, RENEWS)]).delete()
    pair = new_pair()
    opens, renews = new_secret(OPENS, pair), new_secret(RENEWS, pair)
    now = timezone.now()
    AuthToken.objects.bulk_create(
        AuthToken(user=user, token_key=secret[:KEY_LENGTH], digest=hash_token(secret), expiry=now + lasts)
        for secret, lasts in ((opens, OPENS_FOR), (renews, RENEWS_FOR))
    )
    return Pair(opens, renews, int(OPENS_FOR.total_seconds()))
