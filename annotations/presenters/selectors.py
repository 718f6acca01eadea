"""W3C selectors of what is not text: a region over the original's pixels, and seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.anchoring.regions import extent
from annotations.editions.values import MediaPlace

MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"


def region_selector(region: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rectangle as a media fragment, an ellipse or a polygon as SVG; all in pixels of the upright original."""
    points, shape = region.get("points", ()), region.get("shape")
    if shape == "rect":
        (left, top), (right, bottom) = points
        value = f"xywh=pixel:{number(left)},{number(top)},{number(right - left)},{number(bottom - top)}"
        return {"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS, "value": value}
    if shape == "ellipse":
        (x, y), (rx, ry) = points
        drawn = f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"/>'
    else:
        drawn = '<polygon points="{}"/>'.format(" ".join(f"{number(x)},{number(y)}" for x, y in points))
    return {"type": "SvgSelector", "value": f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'}


def time_selector(start: float, end: float) -> dict[str, Any]:
    """Return seconds as a media fragment."""
    value = f"t={number(start)},{number(end)}"
    return {"type": "FragmentSelector", "conformsTo": MEDIA_FRAGMENTS, "value": value}


def selector_of(place: MediaPlace) -> dict[str, Any]:
    """Return the selector of a released place in a picture or a film."""
    if place.region is not None:
        return region_selector(place.region)
    return time_selector(place.start_time or 0, place.end_time or 0)


def xywh(place: MediaPlace) -> str:
    """Return the box around a region as a media fragment."""
    assert place.region is not None
    left, top, right, bottom = extent(place.region["shape"], place.region["points"])
    return f"xywh=pixel:{number(left)},{number(top)},{number(right - left)},{number(bottom - top)}"


def number(value: float) -> str:
    """Return a number without an exponent, which the standards' readers do not know, to the thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
