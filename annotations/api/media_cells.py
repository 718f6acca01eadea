"""Where a note stands in a picture or a film, as cells of a table that is brought in again."""

from __future__ import annotations

from annotations.enums import LocusKind
from annotations.models import Locus
from annotations.presenters.selectors import region_selector, time_selector

HEADS = ("on", "part", "page")


def media_cells(locus: Locus | None) -> tuple[object, ...]:
    """Return what it is on, which part of that and on which page; of all other places, three empty cells."""
    if locus is not None and locus.kind == LocusKind.REGION and locus.image:
        region = locus.region or {}
        return f"image:{locus.image.public_id}", region_selector(region)["value"], region.get("page", 1)
    if locus is not None and locus.kind == LocusKind.TIME and locus.video:
        part = time_selector(locus.start_time or 0, locus.end_time or 0)["value"]
        return f"video:{locus.video.public_id}", part, ""
    return "", "", ""
