"""Where a note lies outside of texts, in words: the film and its seconds, the picture with the part that is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from annotations.enums import LocusKind
from annotations.models import Locus
from annotations.presenters.clock import seconds_words
from annotations.presenters.words import Said, said_of
from archive.enums import ImageState
from archive.models import Image, ImageTiles
from archive.presenters.veils import warned_of

#: Pixels of the preview of a part, at most.
PREVIEW = 320
#: How much of what lies around a part is shown with it, as a share of its longer edge.
MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place, ready for `annotations/_place.html`."""

    kind: str
    title: Said
    #: "1:05–1:20"; empty outside of films.
    seconds: str
    #: The page of the thing, of a film at these seconds.
    url: str
    #: Address of a small picture of the part; empty where there is none.
    preview: str = ""
    #: What covers the preview, in words, and its name in the memory of a session.
    warning: str = ""
    veil: str = ""


def place_views(loci: Iterable[Locus]) -> dict[int, PlaceView]:
    """Return, by locus, the places that are not in texts; the loci come with what they point at.

    The caller has seen to it that the viewer may see them.
    """
    chosen = [locus for locus in loci if locus.kind in (LocusKind.REGION, LocusKind.TIME, LocusKind.WHOLE)]
    ready = _ready(locus.image_id for locus in chosen if locus.image_id)
    return {locus.pk: _view(locus, ready) for locus in chosen}


def place_url(locus: Locus) -> str:
    """Return the page on which a place outside of texts is seen; a film's begins to play there."""
    item = locus.image or locus.video or locus.work
    assert item is not None
    url = item.get_absolute_url()
    if locus.start_time is None:
        return url
    end = locus.start_time if locus.end_time is None else locus.end_time
    return f"{url}?t={locus.start_time:g}-{end:g}#film"


def _view(locus: Locus, ready: Collection[int]) -> PlaceView:
    item: Any = locus.image or locus.video or locus.work
    image = locus.image
    return PlaceView(
        kind=locus.kind, title=said_of(item, "title") or Said(str(item), ""),
        seconds=seconds_words(locus.start_time, locus.end_time), url=place_url(locus),
        preview=_preview(image, locus.region) if image and image.pk in ready else "",
        warning=warned_of(image.warnings) if image else "", veil=image.public_id if image else "",
    )  # fmt: skip


def _ready(images: Iterable[int]) -> set[int]:
    """Return the pictures that can be cut; what is being covered cannot."""
    rows = ImageTiles.objects.current().filter(image__in=set(images), image__state=ImageState.READY, page=1)
    return set(rows.values_list("image_id", flat=True))


def _preview(image: Image, region: Any) -> str:
    """Return the address of a part of a picture with a little of what lies around it, in percents of the whole."""
    box = _box(region)
    if box is None or not image.width or not image.height:
        return ""
    left, top, right, bottom = box
    margin = MARGIN * max(right - left, bottom - top)
    x, width = _share(left - margin, right + margin, image.width)
    y, height = _share(top - margin, bottom + margin, image.height)
    if width <= 0 or height <= 0:
        return ""
    part, size = f"pct:{x:g},{y:g},{width:g},{height:g}", f"!{PREVIEW},{PREVIEW}"
    return reverse("iiif_pixels", args=[image.public_id, part, size, "0", "default", "jpg"])


def _share(start: float, end: float, full: int) -> tuple[float, float]:
    """Return where a stretch of an edge begins and how long it is, in percents, cut at the ends of the edge."""
    low, high = max(0.0, start), min(float(full), end)
    return round(100 * low / full, 2), round(100 * (high - low) / full, 2)


def _box(region: Any) -> tuple[float, float, float, float] | None:
    points = region.get("points") if isinstance(region, dict) else None
    if not points or len(points) < 2:
        return None
    if region.get("shape") == "ellipse":
        (x, y), (across, down) = points[:2]
        return x - across, y - down, x + across, y + down
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)
