"""Our JSON as the values that actions take; whatever is wrong names its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.presenters.incoming import note_input, region_place, text_place, time_place
from annotations.values import NoteInput, Place, WebPlace
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
        return region_place(given, image=given["image"])
    if isinstance(given.get("video"), str):
        return time_place(given, video=given["video"])
    if "target" in given:
        return WebPlace(given["target"])
    raise Invalid("required", field="place")


def said(data: Json, *, before: NoteInput | None = None) -> NoteInput:
    """Return what a note says; what is left out is as in `before`, or as usual.

    Raises Invalid.
    """
    return note_input(data, before=before)
