"""Choose at once for all pictures of a deposit whose very bytes were here already."""

from __future__ import annotations

from django.db import transaction

from archive.access import VIEW, require
from archive.actions.add_image import IMAGE_HERE
from archive.actions.keep_second_record import IMAGE_USED, keep_second_record
from archive.actions.record_event import record_event
from archive.errors import Conflict, Invalid
from archive.models import Deposit, DepositItem, FileArrival, User

#: Pictures that one press settles.
AT_ONCE = 200
#: Use the images that are here, or keep a second record of each.
CHOICES = ("use", "second")


@transaction.atomic
def settle_same_bytes(*, deposit_id: int, choice: str, by: User) -> tuple[int, int]:
    """Return how many pictures were settled, and how many still wait for another press.

    Raises Invalid("unknown_choice"), Conflict("deposit_undone", "nothing_asked"), NotAllowed, NotVisible.
    """
    if choice not in CHOICES:
        raise Invalid("unknown_choice", field="choice")
    deposit = Deposit.objects.select_for_update(no_key=True).get(pk=deposit_id)
    require(by, VIEW, deposit)
    if deposit.undone_at is not None:
        raise Conflict("deposit_undone")
    waiting = deposit.items.filter(error__code=IMAGE_HERE, arrival__isnull=False).order_by("pk")
    items = list(waiting.select_related("deposit")[:AT_ONCE])
    if not items:
        raise Conflict("nothing_asked")
    for item in items:
        require(by, "change", item)
    if choice == "use":
        DepositItem.objects.filter(pk__in=[item.pk for item in items]).update(error={"code": IMAGE_USED})
    else:
        arrivals = FileArrival.objects.select_related("stored_file").in_bulk(
            [item.arrival_id for item in items]
        )
        for item in items:
            keep_second_record(arrival=arrivals[item.arrival_id or 0], by=by)
    record_event("deposit.same_bytes_settled", target=deposit, by=by, choice=choice, files=len(items))
    return len(items), waiting.count()
