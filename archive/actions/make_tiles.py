"""Make the pyramid by which readers look at a picture closely."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import kinds
from archive.actions.bump_epoch import bump_epoch
from archive.actions.receive_file import store_bytes
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.media import paths
from archive.media.areas import on_page
from archive.media.covering import covered_areas
from archive.media.derivatives import LARGEST_PYRAMID, Covered, Tiles, tile
from archive.models import Image, ImageTiles, StoredFile

MAKE_TILES = "make_tiles"
Progress = Callable[..., None]


def make_tiles(
    *, image_id: int, progress: Progress = lambda percent, **message: None
) -> tuple[ImageTiles, ...]:
    """Decode each page of the original whole and keep its tiles, without what is covered; a page that has them stays.

    Pages that do not decode are left out and the others made all the same. Raises Invalid then, with
    `pages_broken`, or with the reason (`image_too_dear`, `image_broken`…) when there is but one page: an image
    without tiles is shown by its copies alone. What is made while other parts are covered or uncovered is thrown
    away: that change promised tiles of its own.
    """
    image = Image.objects.select_related("arrival__stored_file").get(pk=image_id)
    if image.undone:
        return ()
    made = {row.page: row for row in ImageTiles.objects.filter(image=image, pixels=image.pixels)}
    broken: dict[int, Invalid] = {}
    areas = covered_areas(image)
    for page in range(1, image.pages + 1):
        if page in made:
            continue
        progress(10 + 80 * (page - 1) // image.pages, code="image_tiling", params={})
        try:
            row = _page(image, page, on_page(areas, page))
        except Invalid as error:
            broken[page] = error
            continue
        if row is None:
            return ()
        made[page] = row
    if broken and image.pages > 1:
        raise Invalid("pages_broken", pages=", ".join(map(str, broken)))
    for error in broken.values():
        raise error
    return tuple(made[page] for page in sorted(made))


def _page(image: Image, page: int, covered: Covered) -> ImageTiles | None:
    """Decode one page and keep its tiles; None when they are those of an earlier state."""
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        source = paths.of_sha256(image.arrival.stored_file.sha256)
        made = tile(source, Path(folder), page=page, covered=covered)
        with made.path.open("rb") as file:
            sha256, size, _head = store_bytes(
                iter(lambda: file.read(1024 * 1024), b""), max_bytes=LARGEST_PYRAMID
            )
    return _record(image, page, made, sha256, size)


@transaction.atomic
def _record(read: Image, page: int, made: Tiles, sha256: str, size: int) -> ImageTiles | None:
    image = Image.objects.select_for_update(no_key=True).get(pk=read.pk)
    if image.pixels != read.pixels:
        return None
    known = ImageTiles.objects.filter(image=image, pixels=image.pixels, page=page).first()
    if known is not None:
        return known
    file, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": "application/zip"}
    )
    tiles = ImageTiles.objects.create(
        image=image, pixels=image.pixels, page=page, width=made.width, height=made.height, stored_file=file
    )
    bump_epoch()
    record_event("image.tiled", target=image, by=image.created_by, page=page, sha256=[sha256])
    return tiles


@kinds.handles(MAKE_TILES, of=(Image, "image"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    tiles = make_tiles(image_id=job.payload["image"], progress=progress)
    image = Image.objects.only("public_id").get(pk=job.payload["image"])
    return {"image": image.public_id, "pages": len(tiles)}
