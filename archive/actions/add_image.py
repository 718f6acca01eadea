"""Take a picture into the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.access import require, require_may
from archive.access.same_bytes import images_of_same_bytes
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import set_values
from archive.actions.enqueue import enqueue
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import trace_public
from archive.errors import Conflict, Invalid
from archive.models import FileArrival, Image, StoredFile, User

MAKE_DERIVATIVES = "make_derivatives"
#: The question that is asked when the same bytes are an image already.
IMAGE_HERE = "image_here"
#: Recognised by their first bytes; the decoder has the last word.
TAKEN = frozenset({
    "image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif", "image/bmp", "image/jp2", "image/j2c",
    "image/avif", "image/heic", "application/pdf",
})  # fmt: skip


@transaction.atomic
def add_image(
    *,
    arrival: FileArrival,
    values: Mapping[str, Any] | None = None,
    key: str = "",
    unless_here: bool = False,
    by: User,
) -> Image:
    """Insert an image whose original is what arrived, and promise its copies.

    With `unless_here`, only if `by` sees no other image of the same bytes: raises Conflict("image_here") with the ids
    of that image and of the arrival, which stays. Raises Invalid("svg_refused" or "not_an_image"), NotAllowed.
    """
    require_may(by, "add", Image)
    require(by, "view", arrival)
    return insert_image(arrival=arrival, values=values, key=key, unless_here=unless_here, by=by)


def insert_image(
    *, arrival: FileArrival, values: Mapping[str, Any] | None, key: str, unless_here: bool, by: User
) -> Image:
    """Do so for whoever was asked already whether they may."""
    refuse_no_image(arrival.stored_file.media_type)

    def make() -> Image:
        if unless_here:
            _refuse_second(arrival, by)
        image = Image(arrival=arrival, created_by=by)
        named = set_values(image, values or {})
        image.save()
        named.put_on(image)
        image.job = enqueue(MAKE_DERIVATIVES, dedupe_key=str(image.pk), by=by, image=image.pk)
        image.save(update_fields=["job"])
        refresh_search("image", image.pk, by=by)
        bump_epoch()
        record_event("image.added", target=image, by=by, sha256=arrival.stored_file.sha256)
        trace_public(image)
        return image

    return once(Image, scope="image", key=key, make=make, by=by)


def _refuse_second(arrival: FileArrival, by: User) -> None:
    """Stop when the same bytes are an image already; two that come at once wait for each other."""
    StoredFile.objects.select_for_update(no_key=True).get(pk=arrival.stored_file_id)
    here = images_of_same_bytes(by, arrival).first()
    if here is not None:
        raise Conflict(IMAGE_HERE, image=here.public_id, arrival=arrival.public_id)


def refuse_no_image(media_type: str) -> None:
    """Raise Invalid("svg_refused" or "not_an_image") for what no image is made of."""
    if media_type == "image/svg+xml":
        raise Invalid("svg_refused", field="file")
    if media_type not in TAKEN:
        raise Invalid("not_an_image", field="file")
