"""Where a note lies in a picture or a film, as a page shows it: a crop with the shape over it, or the seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from annotations.anchoring import regions, times
from annotations.enums import AnchorStatus, LocusKind
from annotations.models import Locus
from annotations.presenters.annotation import place_url
from annotations.presenters.selectors import number
from annotations.presenters.site_cards import title_of
from annotations.presenters.words import Said
from archive.access import Viewer, visible_to
from archive.models import Image, ImageTiles
from archive.presenters.iiif import page_id

#: Pixels of a crop on a page, at most.
WIDE, HIGH = 480, 320
#: How much of the picture is shown around a region, of its own size; and at least, of the picture's.
AROUND, LEAST = 0.5, 0.06

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of the picture around a region, and the region in it; numbers are written out already."""

    src: str
    width: str
    height: str
    view_box: str
    #: "rect", "ellipse" or "polygon", with its attributes.
    tag: str
    drawn: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place that is not in a text."""

    #: "region" or "time".
    kind: str
    #: What the picture or the film is called.
    title: Said
    #: "Rectangle, 330 × 105 pixels", "1:05.5–2:00".
    words: str
    #: "exact"; "uncertain" when it leaves its picture in part, "lost" when it does altogether.
    standing: str
    #: The workbench, at the note.
    url: str
    #: Where these seconds are played; empty for a region.
    play: str
    #: None when there is no picture to show, or one of which readers are warned.
    crop: Crop | None


def place_views(who: Viewer, places: Iterable[tuple[Any, str, Locus]]) -> dict[str, PlaceView]:
    """Return the places by key, given as (key, public id of the note, locus), in a number of queries that does not grow.

    Loci come with their image and video. Of what the viewer may not see, no crop is made.
    """
    given = [
        (key, note, locus) for key, note, locus in places if locus.kind in (LocusKind.REGION, LocusKind.TIME)
    ]
    tiles = _tiles(who, [locus for _key, _note, locus in given])
    return {key: _view(note, locus, tiles) for key, note, locus in given}


def _tiles(who: Viewer, loci: Iterable[Locus]) -> dict[tuple[int, int], ImageTiles]:
    ids = {locus.image_id for locus in loci if locus.image_id}
    if not ids:
        return {}
    seen = visible_to(Image, who).filter(pk__in=ids, warnings=[])
    rows = ImageTiles.objects.current().filter(image__in=seen).order_by()
    return {(row.image_id, row.page): row for row in rows}


def _view(note: str, locus: Locus, tiles: Mapping[tuple[int, int], ImageTiles]) -> PlaceView:
    if locus.kind == LocusKind.TIME:
        assert locus.video is not None
        url = place_url(locus.video, note=note)
        play = url.replace("?note=", "?play=1&note=")
        return PlaceView(
            "time", title_of(locus.video), times_words(locus), AnchorStatus.EXACT, url, play, None
        )
    assert locus.image is not None
    region, image = locus.region or {}, locus.image
    row = tiles.get((image.pk, region.get("page", 1)))
    return PlaceView(
        "region", title_of(image), region_words(region), standing(region, image, row), place_url(image, note=note), "",
        crop_of(region, image.public_id, page=row.page, size=(row.width, row.height)) if row else None,
    )  # fmt: skip


def standing(region: Json, image: Image, tiles: ImageTiles | None = None) -> str:
    """Return whether a region still lies on its picture, as `AnchorStatus` says it of passages."""
    if region.get("page", 1) > image.pages:
        return AnchorStatus.LOST
    width, height = (tiles.width, tiles.height) if tiles else (image.width, image.height)
    if not width or not height or (tiles is None and region.get("page", 1) > 1):
        return AnchorStatus.EXACT
    return regions.standing(region["shape"], region["points"], (width, height))


def region_words(region: Json) -> str:
    """Return "Rectangle, 330 × 105 pixels"; of a page after the first, with its number."""
    left, top, right, bottom = regions.extent(region["shape"], region["points"])
    names = {
        "rect": _("Rectangle"), "ellipse": pgettext("shape", "Ellipse"), "polygon": pgettext("shape", "Polygon"),
    }  # fmt: skip
    size = {"width": round(right - left), "height": round(bottom - top), "shape": names[region["shape"]]}
    words = _("%(shape)s, %(width)s × %(height)s pixels") % size
    page = region.get("page", 1)
    return words + (f" · {_('Page %(n)s') % {'n': page}}" if page > 1 else "")


def times_words(locus: Locus) -> str:
    """Return "1:05.5–2:00", or the one moment."""
    start, end = locus.start_time or 0, locus.end_time or 0
    return times.written(start) if start == end else f"{times.written(start)}–{times.written(end)}"


def crop_of(region: Json, image: str, *, page: int, size: tuple[int, int]) -> Crop | None:
    """Return the piece of a page of this size that shows a region; None when the region does not lie on it."""
    box = _around(regions.extent(region["shape"], region["points"]), *size)
    left, top, width, height = box
    if width <= 0 or height <= 0:
        return None
    service = reverse("iiif_image", args=[page_id(image, page)])
    factor = min(WIDE / width, HIGH / height, 1)
    return Crop(
        f"{service}/{left},{top},{width},{height}/!{WIDE},{HIGH}/0/default.jpg",
        str(max(1, round(width * factor))), str(max(1, round(height * factor))),
        f"{left} {top} {width} {height}", *drawn(region),
    )  # fmt: skip


def _around(extent: tuple[float, float, float, float], width: int, height: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = extent
    across = max((right - left) * AROUND, width * LEAST)
    along = max((bottom - top) * AROUND, height * LEAST)
    x, y = max(0, int(left - across)), max(0, int(top - along))
    return x, y, min(width, int(right + across) + 1) - x, min(height, int(bottom + along) + 1) - y


def drawn(region: Json) -> tuple[str, dict[str, str]]:
    """Return the SVG element of a shape and its attributes."""
    points = region["points"]
    if region["shape"] == "polygon":
        return "polygon", {"points": " ".join(f"{number(x)},{number(y)}" for x, y in points)}
    (x1, y1), (x2, y2) = points
    if region["shape"] == "ellipse":
        return "ellipse", {"cx": number(x1), "cy": number(y1), "rx": number(x2), "ry": number(y2)}
    return "rect", {"x": number(x1), "y": number(y1), "width": number(x2 - x1), "height": number(y2 - y1)}
