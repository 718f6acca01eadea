"""Put places out of one's basket."""

from __future__ import annotations

from django.db import transaction

from annotations.models import PickedPlace
from archive.models import User


@transaction.atomic
def put_out(*, place: str, by: User) -> bool:
    """Put one place (public id) out of the basket of `by`; return whether it was there."""
    deleted, _rows = PickedPlace.objects.filter(user=by, public_id=place).delete()
    return bool(deleted)


@transaction.atomic
def empty_basket(*, by: User) -> int:
    """Put everything out of the basket of `by`; return how many places there were."""
    deleted, _rows = PickedPlace.objects.filter(user=by).delete()
    return deleted
