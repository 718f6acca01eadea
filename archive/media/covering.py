"""What of an image is covered, and how large its pages are."""

from __future__ import annotations

from archive.media.areas import Area, Size
from archive.models import Image, ImageTiles, Redaction


def covered_areas(image: Image) -> list[Area]:
    """Return the parts that are covered in the pixels of this state of the image."""
    if not image.covered:
        return []
    found: list[Area] = Redaction.objects.get(image=image, pixels=image.pixels).areas
    return found


def page_sizes(image: Image) -> dict[int, Size]:
    """Return the size of each page that was ever decoded; none before the first was."""
    if image.width is None or image.height is None:
        return {}
    rows = ImageTiles.objects.filter(image=image).values_list("page", "width", "height")
    return {page: (width, height) for page, width, height in rows} | {1: (image.width, image.height)}
