"""W3C selectors of what is not text: a region over the original's pixels, and seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def number(value: float) -> str:
    """Return a number without an exponent, which the standards' readers do not know, to the thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
