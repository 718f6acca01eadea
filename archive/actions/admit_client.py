"""Let an annotation client act for a person who said so."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from archive.actions._client_tokens import Pair, insert_pair
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed
from archive.models import IdempotencyKey, User

SCOPE = "client-code"


@transaction.atomic
def admit_client(*, nonce: str = "", by: User) -> Pair:
    """Make a pair of tokens; `nonce` are the letters of a code, which is good once.

    Raises NotAllowed for a deactivated account, Invalid("client_code") for a code that was used.
    """
    if not by.is_active:
        raise NotAllowed("not_allowed", action="token")
    if nonce:
        try:
            with transaction.atomic():
                IdempotencyKey.objects.create(user=by, scope=SCOPE, key=nonce, made="")
        except IntegrityError:
            raise Invalid("client_code") from None
    pair = insert_pair(by)
    record_event("client.admitted", target=by, by=by)
    return pair
