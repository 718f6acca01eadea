"""Our JSON as the values that actions take; whatever is wrong names its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.presenters.incoming import note_input, text_place
from annotations.values import NoteInput, Place, RegionPlace, TimePlace
from archive.errors import Invalid

Json = Mapping[str, Any]


def place_of(data: Json) -> Place:
    """Return the place that `place` names.

    Raises Invalid.
    """
    given = data.get("place")
    if not isinstance(given, dict):
        raise Invalid("required", field="place")
    if isinstance(given.get("text"), str):
        return text_place(given, text=given["text"])
    if isinstance(given.get("image"), str):
        return RegionPlace(image=given["image"], **_region(given.get("region")))
    if isinstance(given.get("video"), str):
        return TimePlace(video=given["video"], start=_seconds(given, "start"), end=_seconds(given, "end"))
    raise Invalid("required", field="place")


def said(data: Json, *, before: NoteInput | None = None) -> NoteInput:
    """Return what a note says; what is left out is as in `before`, or as usual.

    Raises Invalid.
    """
    return note_input(data, before=before)


def _region(value: Any) -> dict[str, Any]:
    shape = value.get("shape") if isinstance(value, dict) else None
    points = value.get("points") if isinstance(value, dict) else None
    if not isinstance(shape, str) or not isinstance(points, list) or not all(map(_is_point, points)):
        raise Invalid("bad_region", field="place")
    return {"shape": shape, "points": tuple((float(x), float(y)) for x, y in points)}


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _seconds(data: Json, name: str) -> float:
    value = data.get(name)
    if not _is_number(value):
        raise Invalid("number_required", field="place")
    assert value is not None
    return float(value)
