"""Put a picture into a gap of a text, or take it out again."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.errors import Conflict
from archive.models import Figure, Image, User


@transaction.atomic
def fill_figure(*, figure_id: int, image: Image | None, seen: str | None = None, by: User) -> Figure:
    """Link a figure to an image, or to none; `seen` is the public id of the image that it had for the reader.

    Raises Conflict("figure_changed"), NotAllowed, NotVisible.
    """
    figure = Figure.objects.select_for_update(no_key=True).select_related("text").get(pk=figure_id)
    require(by, "fill", figure)
    if image is not None:
        require(by, "view", image)
    before = Image.objects.filter(pk=figure.image_id).values_list("public_id", flat=True).first() or ""
    after = image.public_id if image is not None else ""
    if before == after:
        return figure
    if seen is not None and seen != before:
        raise Conflict("figure_changed")
    figure.image = image
    figure.save(update_fields=["image"])
    bump_epoch()
    record_event(
        "figure.filled" if image else "figure.emptied", target=figure, by=by, before=before, after=after
    )
    return figure
