"""Put a picture, or a page of one, into a gap of a text, or take it out again."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.make_page_copies import promise_page_copies
from archive.actions.record_event import record_event
from archive.errors import Conflict, Invalid
from archive.media.limits import IMAGE_PAGES
from archive.models import Figure, Image, User
from archive.presenters.iiif import page_id


@transaction.atomic
def fill_figure(
    *, figure_id: int, image: Image | None, page: int = 1, seen: str | None = None, by: User
) -> Figure:
    """Link a figure to a page of an image, or to none.

    `seen` is what it had for the reader: the image's public id, with ":3" when that was its third page. Of an image
    that was not decoded yet, whose pages nobody has counted, any may be named.

    Raises Conflict("figure_changed"), Invalid("page_unknown"), NotAllowed, NotVisible.
    """
    figure = Figure.objects.select_for_update(no_key=True).select_related("text").get(pk=figure_id)
    require(by, "fill", figure)
    if image is not None:
        require(by, "view", image)
        if not 1 <= page <= (image.pages if image.width else IMAGE_PAGES):
            raise Invalid("page_unknown", field="page", pages=image.pages)
    before = shown_in(figure)
    after = page_id(image.public_id, page) if image is not None else ""
    if before == after:
        return figure
    if seen is not None and seen != before:
        raise Conflict("figure_changed")
    figure.image, figure.page = image, page if image is not None else 1
    figure.save(update_fields=["image", "page"])
    if image is not None:
        promise_page_copies(image, page, by=by)
    bump_epoch()
    record_event(
        "figure.filled" if image else "figure.emptied", target=figure, by=by, before=before, after=after
    )
    return figure


def shown_in(figure: Figure) -> str:
    """Return what a figure has, as `fill_figure` names it: "" for a gap."""
    if figure.image_id is None:
        return ""
    public_id = Image.objects.values_list("public_id", flat=True).get(pk=figure.image_id)
    return page_id(public_id, figure.page)
