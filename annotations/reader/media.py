"""The pages of an image and of a video."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations.editions.reading import public_releases
from annotations.presenters.clock import clock
from annotations.presenters.described import described, schema_of
from annotations.presenters.film_page import (
    kept_words,
    player_of,
    second_of,
    ties_of,
    tracks_of,
    transcript_of,
)
from annotations.presenters.release_facts import newest, release_card
from annotations.presenters.site_cards import copy_url, title_of
from annotations.presenters.words import said_of
from annotations.reader.either import either
from archive.access import visible_to
from archive.enums import ImageState
from archive.models import Derivative, Image, ImageTiles, Video, Work
from archive.presenters.covering import statement
from archive.presenters.films import provider_name
from archive.presenters.iiif import page_id


@either(Image, "public_id")
def image(request: HttpRequest, row: Image) -> HttpResponse:
    """Show a picture with what is known of it and where it is shown."""
    viewer = request.viewer
    copies = list(
        Derivative.objects.filter(image=row, pixels=row.pixels).exclude(name="thumb").order_by("width")
    )
    ready = copies if row.state == ImageState.READY else []
    tiles = list(row.tiles.filter(pixels=row.pixels))
    works = visible_to(Work, viewer).filter(texts__figures__image=row).distinct()
    context = {
        **described(row, viewer), "alternative": said_of(row, "alternative"),
        "largest": ready[-1] if ready else None, "src": copy_url(row, ready[-1].name) if ready else "",
        "srcset": ", ".join(f"{copy_url(row, copy.name)} {copy.width}w" for copy in ready),
        # Other sites would show it without its warning.
        "picture": copy_url(row, ready[0].name) if ready and not row.warnings else "", "works": _links(works),
        "manifest": reverse("iiif_image_manifest", args=[row.public_id]) if tiles else "",
        "pages": _pages(row, tiles),
        "zoom": " ".join(_service(row, page) for page in tiles) if ready else "",
        "covered": statement() if row.covered else "", "because": said_of(row, "covered_because"),
        "releases": _releases("image", row.pk),
        "schema": schema_of(row, "ImageObject", contentUrl=f"{settings.PUBLIC_URL}{copy_url(row, ready[-1].name)}")
        if ready else None,
    }  # fmt: skip
    return render(request, "annotations/public/image.html", context)


@either(Video, "public_id")
def video(request: HttpRequest, row: Video) -> HttpResponse:
    """Show what is known of a linked video; nothing is asked of its provider before the click."""
    viewer = request.viewer
    player = player_of(row, viewer, second=second_of(request.GET.get("t", "")))
    ties = ties_of(row, viewer)
    kept = f"{settings.PUBLIC_URL}{player.src.split('#')[0]}" if player.src else ""
    context = {
        **described(row, viewer), "provider": provider_name(row.provider), "player": player,
        "kept_words": kept_words(player.captured_at) if player.src else "",
        "tracks": tracks_of(ties) if player.src else [],
        "transcript": transcript_of(row, ties, player, wanted=request.GET.get("text", "")),
        "length": clock(row.duration) if row.duration else "", "releases": _releases("video", row.pk),
        "schema": schema_of(row, "VideoObject", url=row.url, contentUrl=kept),
    }  # fmt: skip
    return render(request, "annotations/public/video.html", context)


def _pages(image: Image, tiles: Sequence[ImageTiles]) -> list[dict[str, Any]]:
    """Return the pages of a picture of several: a small one to look at, and where the large one is."""
    if image.pages < 2:
        return []
    services = [(row.page, _service(image, row)) for row in tiles]
    return [
        {
            "number": page,
            "small": f"{service}/full/!320,320/0/default.jpg",
            "large": f"{service}/full/max/0/default.jpg",
        }
        for page, service in services
    ]


def _service(image: Image, tiles: ImageTiles) -> str:
    """Return where the image service of a page is."""
    return reverse("iiif_image", args=[page_id(image.public_id, tiles.page)])


def _links(works: Any) -> list[dict[str, Any]]:
    return [{"title": title_of(work), "url": work.get_absolute_url()} for work in works]


def _releases(kind: str, pk: int) -> list[Any]:
    rows = public_releases().filter(members__kind=kind, members__object_id=pk)
    return [release_card(row) for row in newest(rows)]
