"""The words of a PDF's pages, as the importer that makes a text of them reads them."""

from __future__ import annotations

import json

from archive.errors import ImportRefused
from archive.models import Image, ImageTiles, PageWords


def page_words(image: Image) -> bytes:
    """Return the words of all pages with their places, of the present pixels: none that is hidden or covered.

    JSON, as `archive.importers.page_words` reads it. Raises ImportRefused("pages_not_ready") while pages are being made.
    """
    sizes = {
        page: (width, height)
        for page, width, height in ImageTiles.objects.filter(image=image, pixels=image.pixels).values_list(
            "page", "width", "height"
        )
    }
    rows = list(PageWords.objects.filter(image=image, pixels=image.pixels).order_by("page"))
    if not rows or len(rows) < image.pages or any(row.page not in sizes for row in rows):
        raise ImportRefused("pages_not_ready")
    pages = [
        {"page": row.page, "width": sizes[row.page][0], "height": sizes[row.page][1], "lines": row.lines}
        for row in rows
    ]
    return json.dumps({"pages": pages}).encode()


def has_words(image: Image) -> bool:
    """Whether a text can be made of an image: some page of it has words now."""
    return PageWords.objects.filter(image=image, pixels=image.pixels).exclude(lines=[]).exists()
