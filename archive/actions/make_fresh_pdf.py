"""Make the PDF that readers may have of a PDF: its pages as they are seen, and their words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import kinds
from archive.actions.bump_epoch import bump_epoch
from archive.actions.make_tiles import MAKE_FRESH_PDF
from archive.actions.receive_file import store_bytes
from archive.actions.record_event import record_event
from archive.media import fresh_pdf, iiif, paths, tiles
from archive.media.derivatives import LARGEST_PYRAMID
from archive.models import FreshPdf, Image, ImageTiles, PageWords, StoredFile

#: Pixels of the longer side of a page: enough to be read, and to be printed on paper of its size.
LONGEST = 1800
Progress = Callable[..., None]


def make_fresh_pdf(*, image_id: int, progress: Progress = lambda percent, **message: None) -> FreshPdf | None:
    """Put the pages of the image's present state together; None when one of them is not there (any more).

    What is covered is in neither the tiles nor the words of which it is made.
    """
    image = Image.objects.get(pk=image_id)
    known = FreshPdf.objects.filter(image=image, pixels=image.pixels).first()
    if known is not None:
        return known
    rows = list(ImageTiles.objects.filter(image=image, pixels=image.pixels).select_related("stored_file"))
    if len(rows) < image.pages:
        return None
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        made = Path(folder) / "pages.pdf"
        with made.open("xb") as target:
            fresh_pdf.write(target, _pages(image, rows, progress))
        with made.open("rb") as file:
            sha256, size, _head = store_bytes(
                iter(lambda: file.read(1024 * 1024), b""), max_bytes=LARGEST_PYRAMID
            )
    return _record(image, sha256, size)


def _pages(image: Image, rows: Sequence[ImageTiles], progress: Progress) -> Iterator[fresh_pdf.Page]:
    words = PageWords.objects.filter(image=image, pixels=image.pixels)
    for row in rows:
        progress(
            5 + 90 * (row.page - 1) // len(rows),
            code="page_binding",
            params={"page": row.page, "pages": len(rows)},
        )
        full = (row.width, row.height)
        factor = min(1.0, LONGEST / max(full), (iiif.MAX_AREA / (full[0] * full[1])) ** 0.5)
        size = max(1, int(full[0] * factor)), max(1, int(full[1] * factor))
        wanted = iiif.Wanted(iiif.Box(0, 0, *full), *size, False, 0, "default", "jpg")
        told = words.filter(page=row.page).first()
        yield fresh_pdf.Page(
            tiles.render(row.stored_file.sha256, wanted, full), size, full, told.lines if told else []
        )


@transaction.atomic
def _record(read: Image, sha256: str, size: int) -> FreshPdf | None:
    image = Image.objects.select_for_update(no_key=True).get(pk=read.pk)
    if image.pixels != read.pixels:
        return None
    known = FreshPdf.objects.filter(image=image, pixels=image.pixels).first()
    if known is not None:
        return known
    file, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": "application/pdf"}
    )
    made = FreshPdf.objects.create(image=image, pixels=image.pixels, stored_file=file)
    bump_epoch()
    record_event("image.bound", target=image, by=image.created_by, sha256=[sha256])
    return made


@kinds.handles(MAKE_FRESH_PDF, of=(Image, "image"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    made = make_fresh_pdf(image_id=job.payload["image"], progress=progress)
    image = Image.objects.only("public_id").get(pk=job.payload["image"])
    return {"image": image.public_id, "made": made is not None}
