"""Let a form that is sent twice make one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from archive.models import IdempotencyKey, User
from archive.models.base import PublicIdModel

Made = TypeVar("Made", bound=PublicIdModel)


@transaction.atomic
def once(model: type[Made], *, scope: str, key: str, make: Callable[[], Made], by: User) -> Made:
    """Return what the form with this key made before, else what `make` makes; an empty key makes anew."""
    key = key[:80]
    if not key:
        return make()
    made = _made(model, scope=scope, key=key, by=by)
    if made is not None:
        return made
    try:
        with transaction.atomic():
            fresh = make()
            IdempotencyKey.objects.create(user=by, scope=scope, key=key, made=fresh.public_id)
            return fresh
    except IntegrityError:
        made = _made(model, scope=scope, key=key, by=by)
        if made is None:
            raise
        return made


def _made(model: type[Made], *, scope: str, key: str, by: User) -> Made | None:
    found = (
        IdempotencyKey.objects.filter(user=by, scope=scope, key=key).values_list("made", flat=True).first()
    )
    return model._default_manager.filter(public_id=found).first() if found else None
