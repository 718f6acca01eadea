"""A map of the world on which a place is picked: numbers alone, the outlines are a file of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotations.models import Term

#: Places of the vocabulary that are drawn besides.
MOST = 300


@dataclass(frozen=True, slots=True)
class Dot:
    """A place, in units of the map: a degree is one, from the upper left corner."""

    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class World:
    """What the map shows; without a place, its pin stands outside."""

    x: str
    y: str
    view: str
    places: list[Dot]


def world_of(places: QuerySet[Term], latitude: Any, longitude: Any) -> World:
    """Return the map with the pin where a form says, whose numbers may be anything."""
    at = _numbers(latitude, longitude)
    rows = places.order_by("pk").values_list("latitude", "longitude", "label_ar", "label_en")[:MOST]
    dots = [Dot(_x(lon), _y(lat), " · ".join(filter(None, (ar, en)))) for lat, lon, ar, en in rows]
    x, y = (_x(at[1]), _y(at[0])) if at else ("-9", "-9")
    return World(x, y, "0 0 360 180", dots)


def _numbers(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    try:
        lat, lon = float(latitude), float(longitude)
    except (TypeError, ValueError):
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _x(longitude: float) -> str:
    return f"{longitude + 180:.4f}"


def _y(latitude: float) -> str:
    return f"{90 - latitude:.4f}"
