"""Make the public copies of a later page of an image, which a figure shows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import kinds
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.receive_file import store_bytes
from archive.actions.record_event import record_event
from archive.enums import ImageState
from archive.media import paths
from archive.media.areas import on_page
from archive.media.covering import covered_areas
from archive.media.derivatives import LARGEST_COPY, Copy, decode
from archive.models import Derivative, Figure, Image, StoredFile, User

MAKE_PAGE_COPIES = "make_page_copies"
Progress = Callable[..., None]
#: A copy, and the hash and size of its bytes.
Stored = tuple[Copy, tuple[str, int]]


def promise_page_copies(image: Image, page: int, *, by: User | None) -> None:
    """Promise the copies of a page that has none of the present pixels; the first has its own with the image."""
    if page == 1 or image.state != ImageState.READY or page > image.pages:
        return
    if not Derivative.objects.current().filter(image=image, page=page).exists():
        enqueue(MAKE_PAGE_COPIES, dedupe_key=f"{image.pk}:{page}", by=by, image=image.pk, page=page)


def promise_shown_pages(image: Image, *, by: User | None) -> None:
    """Promise the copies of all pages that a figure shows, or once showed: releases may keep those."""
    shown = set(Figure.objects.filter(image=image).order_by().values_list("page", flat=True))
    shown |= set(Derivative.objects.filter(image=image).order_by().values_list("page", flat=True))
    for page in sorted(shown):
        promise_page_copies(image, page, by=by)


def make_page_copies(
    *, image_id: int, page: int, progress: Progress = lambda percent, **message: None
) -> tuple[Derivative, ...]:
    """Decode a page and keep fresh copies of its pixels, without what is covered; those that it has stay.

    What was made while parts were covered or uncovered is thrown away: that change promises copies of its own.
    Raises Invalid with the reason why the page does not decode.
    """
    image = Image.objects.select_related("arrival__stored_file", "created_by").get(pk=image_id)
    made = _made(image, page)
    if made or image.undone or image.state != ImageState.READY or page > image.pages:
        return made
    progress(10, code="image_decoding", params={})
    source, covered = paths.of_sha256(image.arrival.stored_file.sha256), on_page(covered_areas(image), page)
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        decoded = decode(source, Path(folder), page=page, covered=covered)
        progress(70, code="image_saving", params={})
        stored = [(copy, store_copy(copy)) for copy in decoded.copies]
    return _record(image, page, stored)


def store_copy(copy: Copy) -> tuple[str, int]:
    """Keep the bytes of a copy; return their hash and size."""
    with copy.path.open("rb") as file:
        sha256, size, _head = store_bytes(iter(lambda: file.read(1024 * 1024), b""), max_bytes=LARGEST_COPY)
    return sha256, size


def insert_copies(image: Image, page: int, stored: list[Stored]) -> None:
    """Insert the rows of a page's copies."""
    for copy, (sha256, size) in stored:
        file, _made = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "media_type": "image/webp"}
        )
        Derivative.objects.create(
            image=image, page=page, pixels=image.pixels, name=copy.name, media_type="image/webp",
            width=copy.width, height=copy.height, stored_file=file,
        )  # fmt: skip


def _made(image: Image, page: int) -> tuple[Derivative, ...]:
    return tuple(Derivative.objects.filter(image=image, pixels=image.pixels, page=page).order_by("width"))


@transaction.atomic
def _record(read: Image, page: int, stored: list[Stored]) -> tuple[Derivative, ...]:
    image = Image.objects.select_for_update(no_key=True).get(pk=read.pk)
    if image.pixels != read.pixels or image.undone:
        return ()
    if made := _made(image, page):
        return made
    insert_copies(image, page, stored)
    bump_epoch()
    record_event(
        "image.derived", target=image, by=image.created_by, pixels=image.pixels, page=page,
        sha256=[sha256 for _copy, (sha256, _size) in stored],
    )  # fmt: skip
    return _made(image, page)


@kinds.handles(MAKE_PAGE_COPIES, of=(Image, "image"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    page = job.payload["page"]
    copies = make_page_copies(image_id=job.payload["image"], page=page, progress=progress)
    image = Image.objects.only("public_id").get(pk=job.payload["image"])
    return {"image": image.public_id, "page": page, "copies": len(copies)}
