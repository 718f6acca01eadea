"""Make the public copies of an image."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import kinds
from archive.actions.add_image import MAKE_DERIVATIVES
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.make_page_copies import Stored, insert_copies, promise_shown_pages, store_copy
from archive.actions.make_tiles import MAKE_TILES
from archive.actions.record_event import record_event
from archive.enums import ImageState
from archive.errors import Invalid
from archive.media import paths
from archive.media.areas import on_page
from archive.media.covering import covered_areas
from archive.media.derivatives import Decoded, decode
from archive.models import Image

Progress = Callable[..., None]


def make_derivatives(*, image_id: int, progress: Progress = lambda percent, **message: None) -> Image:
    """Decode the original and keep fresh copies of its pixels, without what is covered; one that has them stays as it is.

    A picture that does not decode is kept and marked broken, with the reason; that is an answer, no error. What was
    made while other parts were covered or uncovered is thrown away: that change promised copies of its own.
    """
    image = Image.objects.select_related("arrival__stored_file", "created_by").get(pk=image_id)
    if image.state == ImageState.READY or image.undone:
        return image
    progress(10, code="image_decoding", params={})
    covered = on_page(covered_areas(image), 1)
    source = paths.of_sha256(image.arrival.stored_file.sha256)
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        try:
            decoded = decode(source, Path(folder), covered=covered)
        except Invalid as error:
            return _mark_broken(image, error.code)
        progress(70, code="image_saving", params={})
        stored = [(copy, store_copy(copy)) for copy in decoded.copies]
    return _record(image, decoded, stored)


@transaction.atomic
def _record(read: Image, decoded: Decoded, stored: list[Stored]) -> Image:
    image = Image.objects.select_for_update(no_key=True).get(pk=read.pk)
    if image.state == ImageState.READY or image.pixels != read.pixels:
        return image
    insert_copies(image, 1, stored)
    image.width, image.height, image.pages = decoded.width, decoded.height, decoded.pages
    image.embedded_metadata = decoded.embedded
    image.state, image.error_code = ImageState.READY, ""
    changed = ["width", "height", "pages", "embedded_metadata", "state", "error_code", "updated_at"]
    image.save(update_fields=changed)
    bump_epoch()
    enqueue(MAKE_TILES, dedupe_key=str(image.pk), by=image.created_by, image=image.pk)
    promise_shown_pages(image, by=image.created_by)
    record_event(
        "image.derived",
        target=image,
        by=image.created_by,
        pixels=image.pixels,
        sha256=[sha256 for _copy, (sha256, _size) in stored],
    )
    return image


@transaction.atomic
def _mark_broken(read: Image, code: str) -> Image:
    image = Image.objects.select_for_update(no_key=True).get(pk=read.pk)
    # Another attempt may have had more time, or more memory.
    if image.state == ImageState.READY or image.pixels != read.pixels:
        return image
    image.state, image.error_code = ImageState.BROKEN, code
    image.save(update_fields=["state", "error_code", "updated_at"])
    record_event("image.broken", target=image, by=image.created_by, code=code)
    return image


@kinds.handles(MAKE_DERIVATIVES, of=(Image, "image"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    image = make_derivatives(image_id=job.payload["image"], progress=progress)
    return {"image": image.public_id, "state": image.state, "error": image.error_code}
