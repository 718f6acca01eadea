"""Parts of a picture that are to be covered: rectangles in pixels of an upright page, checked.

Pure: numbers in, checked numbers out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.errors import Invalid

#: How many parts of one image can be covered.
MOST = 200
NUMBERS = ("x", "y", "width", "height")

Area = dict[str, int]
Size = tuple[int, int]


def checked(areas: Iterable[Mapping[str, Any]], sizes: Mapping[int, Size]) -> list[Area]:
    """Return the areas in the order of their pages, each once; `sizes` are those of the pages.

    An area that begins on the page and reaches beyond its edge ends there. Raises Invalid with the area's place in
    the list, from 1: `area_numbers`, `area_page`, `area_empty`, `area_outside`; or `too_many_areas`.
    """
    found: list[Area] = []
    for number, area in enumerate(areas, 1):
        if number > MOST:
            raise Invalid("too_many_areas", field="areas", most=MOST)
        one = _checked(number, area, sizes)
        if one not in found:
            found.append(one)
    return sorted(found, key=lambda one: (one["page"], one["y"], one["x"], one["width"], one["height"]))


def on_page(areas: Sequence[Area], page: int) -> list[tuple[int, int, int, int]]:
    """Return the areas of a page as the decoder takes them."""
    return [(a["x"], a["y"], a["width"], a["height"]) for a in areas if a["page"] == page]


def _checked(number: int, area: Mapping[str, Any], sizes: Mapping[int, Size]) -> Area:
    page = area.get("page", 1)
    values = [area.get(name) for name in NUMBERS]
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in (page, *values)):
        raise Invalid("area_numbers", field="areas", number=number)
    if page not in sizes:
        raise Invalid("area_page", field="areas", number=number, page=page)
    x, y, width, height = (int(value) for value in values if value is not None)
    if width < 1 or height < 1:
        raise Invalid("area_empty", field="areas", number=number)
    right, bottom = sizes[page]
    if not (0 <= x < right and 0 <= y < bottom):
        raise Invalid("area_outside", field="areas", number=number, page_width=right, page_height=bottom)
    return {"page": page, "x": x, "y": y, "width": min(width, right - x), "height": min(height, bottom - y)}
