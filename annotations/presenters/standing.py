"""Pictures that nobody has named are told apart by the works that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.presenters.words import Said, said_of
from archive.access import visible_to
from archive.models import Figure, Image, Work


def standing_of(rows: Iterable[Any], who: object) -> Mapping[int, Said]:
    """Return for images without a title what the first work is called in which `who` sees them, by the images' keys."""
    wanted = [row.pk for row in rows if isinstance(row, Image) and not said_of(row, "title")]
    if not wanted:
        return {}
    figures = visible_to(Figure, who).filter(image__in=wanted).order_by("-pk")
    shows = dict(figures.values_list("image", "text__work"))
    works = visible_to(Work, who).in_bulk(set(shows.values()))
    return {image: said_of(works[work], "title") for image, work in shows.items() if work in works}
