"""IIIF Presentation API 3.0: a collection, as much of it as the viewer may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.access import visible_to
from archive.access.shown_with import zoomed_figures
from archive.media.films import with_copy
from archive.models import Collection, Image, ImageTiles, Video, Work
from archive.presenters import iiif as presenter
from archive.views.desk_tools import DeskRequest, found
from archive.views.iiif import for_programs, homepage, json, kept

#: Things that one answer names; a collection of more is answered as a collection of such parts.
A_PART = 100
#: What stands in a collection, in this order: the rows, their address and what IIIF calls them.
Shelf = tuple[QuerySet[Any], str, str]


@require_safe
@for_programs
def collection(request: DeskRequest, public_id: str) -> HttpResponse:
    """The manifests of a collection's works, images, films and recordings, and the collections within it."""
    row = found(Collection, request, public_id)
    address = f"{settings.PUBLIC_URL}{reverse('iiif_collection', args=[public_id])}"
    shelves = _shelves(request, row)
    counts = [rows.count() for rows, _name, _kind in shelves]
    number, total = request.GET.get("page", ""), sum(counts)
    if not number and total > A_PART:
        items = list(_parts(address, total))
    else:
        start = _start(number, total)
        items = list(_items(shelves, counts, start, start + A_PART))
    own = f"{address}?page={number}" if number else address
    said = presenter.collection(row, own, homepage(row), items)
    return kept(request, json(request, said, presenter.PRESENTATION_CONTEXT), row, own_view=True)


def _start(number: str, total: int) -> int:
    """Return where a part begins; 404 for one that is not there."""
    if not number:
        return 0
    last = max(1, -(-total // A_PART))
    if not number.isascii() or not number.isdecimal() or len(number) > 6 or not 1 <= int(number) <= last:
        raise Http404
    return (int(number) - 1) * A_PART


def _shelves(request: DeskRequest, row: Collection) -> list[Shelf]:
    """Return what the viewer may see of the collection and can open in a viewer of pictures, films and sound."""
    viewer = request.viewer
    tiled = visible_to(Image, viewer).filter(
        Exists(ImageTiles.objects.current().filter(image=OuterRef("pk"), page=1))
    )
    shown = zoomed_figures(viewer).filter(text__work=OuterRef("pk"))
    return [
        (visible_to(Collection, viewer).filter(parent=row), "iiif_collection", "Collection"),
        (visible_to(Work, viewer).filter(Exists(shown), collection=row), "iiif_work_manifest", "Manifest"),
        (tiled.filter(collection=row), "iiif_image_manifest", "Manifest"),
        (
            with_copy(visible_to(Video, viewer).filter(collection=row), viewer),
            "iiif_film_manifest",
            "Manifest",
        ),
    ]


def _items(
    shelves: Sequence[Shelf], counts: Sequence[int], start: int, stop: int
) -> Iterator[dict[str, Any]]:
    before = 0
    for (rows, name, kind), count in zip(shelves, counts, strict=True):
        for item in rows[max(0, start - before) : max(0, stop - before)]:
            address = f"{settings.PUBLIC_URL}{reverse(name, args=[item.public_id])}"
            yield presenter.reference(item, address, kind)
        before += count


def _parts(address: str, total: int) -> Iterator[dict[str, Any]]:
    for index, start in enumerate(range(0, total, A_PART)):
        yield presenter.part(f"{address}?page={index + 1}", start + 1, min(start + A_PART, total))
