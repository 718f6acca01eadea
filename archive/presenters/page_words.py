"""A page of an image of several: what it shows, in words, and where it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.presenters.iiif import page_id


def of_page(alternative: str, page: int) -> str:
    """Return the alternative text of a page; the image's own describes the file, and the first page as it."""
    if page == 1:
        return alternative
    if not alternative:
        return _("Page %(page)s") % {"page": page}
    return _("Page %(page)s: %(words)s") % {"page": page, "words": alternative}


def at_page(address: str, page: int, *, anchor: str = "picture") -> str:
    """Return the address of what shows an image, at one of its pages; the first is the image itself."""
    if page == 1:
        return address
    return f"{address}?page={page}" + (f"#{anchor}" if anchor else "")


def small_picture(public_id: str, page: int) -> str:
    """Return the address of a small picture of a page: a copy of the first, else what the image service makes."""
    if page == 1:
        return reverse("derivative", args=[public_id, "thumb"])
    return f"{reverse('iiif_image', args=[page_id(public_id, page)])}/full/!320,320/0/default.jpg"
