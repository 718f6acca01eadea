"""Give a client the next pair of tokens."""

from __future__ import annotations

from django.db import transaction
from knox.models import AuthToken

from archive.access.client_tokens import RENEWS, holder, pair_keys
from archive.actions._client_tokens import Pair, insert_pair
from archive.errors import Invalid
from archive.models import User


@transaction.atomic
def renew_client(*, token: str) -> Pair:
    """End the pair that `token` is of and make the next; whoever brings an old one again gets nothing.

    Not recorded: the client goes on as it was admitted. Raises Invalid("client_token").
    """
    row = holder(token, RENEWS)
    if row is None:
        raise Invalid("client_token")
    user: User = row.user
    ended, _rows = AuthToken.objects.filter(digest=row.digest).delete()
    if not ended:  # Another renewed with it at the same time.
        raise Invalid("client_token")
    AuthToken.objects.filter(user=user, token_key__in=pair_keys(token)).delete()
    return insert_pair(user)
