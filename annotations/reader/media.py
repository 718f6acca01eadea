"""The pages of an image and of a video."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from annotations.editions.reading import public_releases
from annotations.presenters.clock import clock
from annotations.presenters.described import described
from annotations.presenters.film_page import (
    kept_words,
    player_of,
    second_of,
    ties_of,
    tracks_of,
    transcript_of,
)
from annotations.presenters.pointed import Pointed
from annotations.presenters.release_facts import newest, release_cards
from annotations.presenters.site_cards import copy_url, title_of
from annotations.presenters.telling import telling
from annotations.presenters.words import said_of
from annotations.reader.either import either
from annotations.reader.signposting import signposted
from archive.access import Viewer, visible_to
from archive.enums import ImageState
from archive.media import films, fixity
from archive.models import Derivative, Figure, FreshPdf, Image, ImageTiles, PageWords, Text, Video, Work
from archive.presenters.article_media import srcset_of
from archive.presenters.covering import statement
from archive.presenters.films import provider_name
from archive.presenters.iiif import page_id

#: Texts of one PDF that its page names.
MOST_TEXTS = 20


@either(Image, "public_id")
def image(request: HttpRequest, row: Image) -> HttpResponse:
    """Show a picture with what is known of it and where it is shown."""
    viewer = request.viewer
    copies = list(
        Derivative.objects.filter(image=row, pixels=row.pixels, page=1)
        .exclude(name="thumb")
        .order_by("width")
    )
    ready = copies if row.state == ImageState.READY else []
    tiles = list(row.tiles.filter(pixels=row.pixels))
    figures = visible_to(Figure, viewer).filter(image=row)
    works = visible_to(Work, viewer).filter(pk__in=figures.order_by().values("text__work"))
    context = {
        **document_of(row, tiles, wanted=request.GET.get("page", "")),
        "sheet": _sheet(row, tiles, wanted=request.GET.get("page", "")),
        **described(row, viewer), "alternative": said_of(row, "alternative"),
        "largest": ready[-1] if ready else None, "src": copy_url(row, ready[-1].name) if ready else "",
        "srcset": srcset_of((copy_url(row, copy.name), copy.width) for copy in ready),
        # Other sites would show it without its warning.
        "picture": copy_url(row, ready[0].name) if ready and not row.warnings else "", "works": _links(works),
        "manifest": reverse("iiif_image_manifest", args=[row.public_id]) if tiles else "",
        "pages": _pages(row, tiles),
        "zoom": " ".join(_service(row, page) for page in tiles) if ready else "",
        "texts": _texts(row, viewer),
        "covered": statement() if row.covered else "", "because": said_of(row, "covered_because"),
        "releases": _releases("image", row.pk), "verified": fixity.verified_on(row.arrival.stored_file),
        **(told := telling(Pointed("image", row), contentUrl=f"{settings.PUBLIC_URL}{copy_url(row, ready[-1].name)}" if ready else "")),
    }  # fmt: skip
    return signposted(
        render(request, "annotations/public/image.html", context), told["pointed"], told["cite"]
    )


@either(Video, "public_id")
def video(request: HttpRequest, row: Video) -> HttpResponse:
    """Show what is known of a linked video; nothing is asked of its provider before the click. Or of a recording."""
    viewer = request.viewer
    player = player_of(row, viewer, second=second_of(request.GET.get("t", "")))
    ties = ties_of(row, viewer)
    kept = f"{settings.PUBLIC_URL}{player.src.split('#')[0]}" if player.src else ""
    context = {
        **described(row, viewer), "provider": provider_name(row.provider), "player": player,
        "kept_words": kept_words(player.captured_at) if player.src else "",
        "tracks": tracks_of(ties) if player.src else [],
        "transcript": transcript_of(row, ties, player, wanted=request.GET.get("text", "")),
        "manifest": reverse("iiif_film_manifest", args=[row.public_id]) if player.src and row.duration else "",
        "verified": _verified(row, viewer),
        "length": clock(row.duration) if row.duration else "", "releases": _releases("video", row.pk),
        **(
            told := telling(Pointed("video", row), kind="AudioObject", contentUrl=kept)
            if row.is_recording
            else telling(Pointed("video", row), url=row.url, contentUrl=kept)
        ),
    }  # fmt: skip
    page = "recording" if row.is_recording else "video"
    return signposted(
        render(request, f"annotations/public/{page}.html", context), told["pointed"], told["cite"]
    )


def _verified(video: Video, viewer: Viewer) -> datetime | None:
    """Return when the bytes of what is kept here were last verified."""
    capture = films.playable([video.pk], viewer).get(video.pk) if video.is_kept_here else None
    return fixity.verified_on(capture.arrival.stored_file) if capture and capture.arrival else None


def document_of(image: Image, tiles: Sequence[ImageTiles], *, wanted: str) -> dict[str, Any]:
    """Return the page of a PDF that is read, its words, and the steps to those before and after it."""
    if not (tiles and image.is_pdf):
        return {}
    numbers = [row.page for row in tiles]
    names = [str(number) for number in numbers]
    at = names.index(wanted) if wanted in names else 0
    words = PageWords.objects.filter(image=image, pixels=image.pixels, page=numbers[at]).first()
    return {
        "document": {
            "pdf": reverse("fresh_pdf", args=[image.public_id]) if FreshPdf.objects.filter(image=image, pixels=image.pixels).exists() else "",
            "page": tiles[at], "service": _service(image, tiles[at]), "lines": words.text.split("\n") if words and words.lines else [],
            "before": numbers[at - 1] if at else None, "after": numbers[at + 1] if at + 1 < len(numbers) else None,
        }
    }  # fmt: skip


def _sheet(image: Image, tiles: Sequence[ImageTiles], *, wanted: str) -> dict[str, Any] | None:
    """Return the later page of a file of several that was asked for; a PDF says more of its pages (`document_of`)."""
    found = next((row for row in tiles if row.page > 1 and str(row.page) == wanted), None)
    return {"page": found, "service": _service(image, found)} if found and not image.is_pdf else None


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


def _texts(image: Image, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the texts that were made of the words of a PDF."""
    rows = visible_to(Text, viewer).filter(image=image, current_revision__isnull=False)
    rows = rows.select_related("work").order_by("pk")[:MOST_TEXTS]
    return [
        {"title": title_of(row.work), "url": f"{row.work.get_absolute_url()}?text={row.public_id}"}
        for row in rows
    ]


def _links(works: Any) -> list[dict[str, Any]]:
    return [{"title": title_of(work), "url": work.get_absolute_url()} for work in works]


def _releases(kind: str, pk: int) -> list[Any]:
    rows = public_releases().filter(members__kind=kind, members__object_id=pk)
    return release_cards(newest(rows))
