"""Make an image of a file although there is one of the same bytes already: somebody was told of it and chose so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.access import allows
from archive.access.same_bytes import images_of_same_bytes
from archive.actions.add_image import IMAGE_HERE, add_image
from archive.errors import NotVisible
from archive.models import DepositItem, FileArrival, Image, User

#: Why nothing was made of a file: whoever was asked uses the image that was here.
IMAGE_USED = "image_used"


@transaction.atomic
def keep_second_record(*, arrival: FileArrival, values: Mapping[str, Any] | None = None, by: User) -> Image:
    """Return the image of this arrival; chosen twice, it is made once.

    A file of a deposit becomes part of what came of the deposit, in its collection.
    Raises NotVisible for a file of which nobody was asked, NotAllowed.
    """
    item = (
        DepositItem.objects.select_for_update(no_key=True, of=("self",))
        .select_related("deposit__collection")
        .filter(arrival=arrival)
        .first()
    )
    was_asked = item is not None and item.error.get("code") in (IMAGE_HERE, IMAGE_USED)
    if item is not None and item.image is not None:
        return item.image
    if not was_asked and not images_of_same_bytes(by, arrival).exists():
        raise NotVisible("not_visible")
    shelf = item.deposit.collection if item is not None else None
    given = {**({"collection": shelf} if shelf else {}), **(values or {})}
    image = add_image(arrival=arrival, values=given, key=f"second:{arrival.public_id}", by=by)
    if item is not None and was_asked and allows(by, "change", item):
        item.image, item.error = image, {}
        item.save(update_fields=["image", "error", "touched_at"])
    return image
