"""Parts of pictures and films as other systems name them: media fragments and drawings in SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.exchange.notes.records import NoteRecord

_NUMBER = r"(-?\d{1,9}(?:\.\d{1,6})?)"
_XYWH = re.compile(rf"xywh=(pixel:|percent:)?{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}\Z")
_TIME = re.compile(r"t=(?:npt:)?([\d:.]{1,20})?(?:,([\d:.]{1,20}))?\Z")
_POLYGON = re.compile(r"<poly(?:gon|line)\b[^<>]*\bpoints=[\"']([-\d.,\s]+)[\"']")
_ELLIPSE = re.compile(r"<(ellipse|circle|rect)\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"\b(cx|cy|rx|ry|r|x|y|width|height)=[\"'](-?\d{1,9}(?:\.\d{1,6})?)[\"']")
_PATH = re.compile(r"<path\b[^<>]*\bd=[\"']\s*M([^\"'a-zA-Z]*(?:L[^\"'a-zA-Z]*)*)[Zz]?\s*[\"']")
#: Corners of one drawing.
MOST_POINTS = 2000


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture; in hundredths of its sides where `is_percent`."""

    shape: str
    points: tuple[tuple[float, float], ...]
    is_percent: bool = False


def region_of(record: NoteRecord) -> Region | None:
    """Return the part of a picture that a record names; None for none that can be drawn."""
    box = _XYWH.match(record.fragment)
    if box:
        left, top, width, height = map(float, box.groups()[1:])
        return Region("rect", ((left, top), (left + width, top + height)), box[1] == "percent:")
    polygon, path = _POLYGON.search(record.svg), _PATH.search(record.svg)
    if polygon or path:
        numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", (polygon or path)[1])]  # type: ignore[index]
        points = tuple(zip(numbers[::2], numbers[1::2], strict=False))
        return (
            Region("polygon", points) if 3 <= len(points) <= MOST_POINTS and len(numbers) % 2 == 0 else None
        )
    round_one = _ELLIPSE.search(record.svg)
    return _drawn(round_one[1], dict(_ATTRIBUTE.findall(round_one[2]))) if round_one else None


def _drawn(kind: str, named: dict[str, str]) -> Region | None:
    at = {name: float(value) for name, value in named.items()}
    if kind == "rect" and {"x", "y", "width", "height"} <= at.keys():
        return Region("rect", ((at["x"], at["y"]), (at["x"] + at["width"], at["y"] + at["height"])))
    if kind == "circle" and {"cx", "cy", "r"} <= at.keys():
        return Region("ellipse", ((at["cx"], at["cy"]), (at["r"], at["r"])))
    if kind == "ellipse" and {"cx", "cy", "rx", "ry"} <= at.keys():
        return Region("ellipse", ((at["cx"], at["cy"]), (at["rx"], at["ry"])))
    return None


def seconds_of(record: NoteRecord) -> tuple[float, float] | None:
    """Return the seconds of a film that a record names; one moment is a part without length."""
    found = _TIME.match(record.fragment)
    if not found or not (found[1] or found[2]):
        return None
    begin = _seconds(found[1] or "0")
    end = _seconds(found[2]) if found[2] else begin
    return (begin, end) if begin is not None and end is not None else None


def _seconds(words: str) -> float | None:
    parts = words.split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if len(numbers) > 3:
        return None
    return sum(number * 60**power for power, number in enumerate(reversed(numbers)))
