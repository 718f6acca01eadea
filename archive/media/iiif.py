"""What an IIIF Image API 3.0 address asks for: https://iiif.io/api/image/3.0/ (level 2, without upscaling).

Pure: strings and sizes in, a checked request out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import Invalid

#: Formats that are sent, by extension.
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
QUALITIES = frozenset({"default", "color", "gray", "bitonal"})
#: No answer is larger than this many pixels; whoever wants more asks for tiles. Putting more together would take a
#: worker away from the readers for seconds.
MAX_AREA = 4_000_000
_INTEGERS = re.compile(r"([0-9]{1,7}),([0-9]{1,7}),([0-9]{1,7}),([0-9]{1,7})\Z")
_DECIMAL = r"([0-9]{1,7}(?:\.[0-9]{1,10})?|\.[0-9]{1,10})"
_PERCENTS = re.compile(rf"pct:{_DECIMAL},{_DECIMAL},{_DECIMAL},{_DECIMAL}\Z")
_SIZE = re.compile(r"(!?)([0-9]{0,7}),([0-9]{0,7})\Z")
_PERCENT = re.compile(rf"pct:{_DECIMAL}\Z")
_ROTATIONS = {"0": 0, "90": 90, "180": 180, "270": 270, "360": 0}


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels of the upright original."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One checked request."""

    region: Box
    #: Pixels of the answer before it is turned.
    width: int
    height: int
    mirrored: bool
    #: Degrees clockwise: 0, 90, 180, 270.
    rotation: int
    quality: str
    format: str

    def canonical(self, full: tuple[int, int]) -> str:
        """Return the canonical form of the request (section 4.7 of the specification)."""
        box = self.region
        whole = (box.x, box.y, box.width, box.height) == (0, 0, *full)
        region = "full" if whole else f"{box.x},{box.y},{box.width},{box.height}"
        size = "max" if (self.width, self.height) == _largest(box) else f"{self.width},{self.height}"
        return f"{region}/{size}/{'!' if self.mirrored else ''}{self.rotation}/{self.quality}.{self.format}"


def wanted(
    region: str, size: str, rotation: str, quality: str, extension: str, *, full: tuple[int, int]
) -> Wanted:
    """Return what the five parts of an address ask of a picture of `full` width and height.

    Raises Invalid("iiif_request") with the part that is wrong.
    """
    box = _region(region, *full)
    width, height = _size(size, box)
    mirrored = rotation.startswith("!")
    turn = _ROTATIONS.get(rotation.removeprefix("!"))
    if turn is None:
        raise Invalid("iiif_request", part="rotation")
    if quality not in QUALITIES:
        raise Invalid("iiif_request", part="quality")
    if extension not in FORMATS:
        raise Invalid("iiif_request", part="format")
    return Wanted(box, width, height, mirrored, turn, quality, extension)


def _region(raw: str, width: int, height: int) -> Box:
    if raw == "full":
        return Box(0, 0, width, height)
    if raw == "square":
        side = min(width, height)
        return Box((width - side) // 2, (height - side) // 2, side, side)
    if found := _INTEGERS.match(raw):
        x, y, w, h = (int(number) for number in found.groups())
    elif found := _PERCENTS.match(raw):
        part = [float(number) / 100 for number in found.groups()]
        x, y = round(part[0] * width), round(part[1] * height)
        w, h = round(part[2] * width), round(part[3] * height)
    else:
        raise Invalid("iiif_request", part="region")
    w, h = min(w, width - x), min(h, height - y)
    if w <= 0 or h <= 0:
        raise Invalid("iiif_request", part="region")
    return Box(x, y, w, h)


def _size(raw: str, box: Box) -> tuple[int, int]:
    if raw == "max":
        return _largest(box)
    if found := _PERCENT.match(raw):
        factor = float(found[1]) / 100
        return _checked(round(box.width * factor), round(box.height * factor), box)
    found = _SIZE.match(raw)
    if not found or not (found[2] or found[3]) or (found[1] and not (found[2] and found[3])):
        raise Invalid("iiif_request", part="size")
    width, height = int(found[2] or 0), int(found[3] or 0)
    if found[1]:
        factor = min(width / box.width, height / box.height, 1)
        return _checked(round(box.width * factor) or 1, round(box.height * factor) or 1, box)
    if not found[3]:
        height = max(1, round(box.height * width / box.width)) if width else 0
    if not found[2]:
        width = max(1, round(box.width * height / box.height)) if height else 0
    return _checked(width, height, box)


def _checked(width: int, height: int, box: Box) -> tuple[int, int]:
    """Refuse nothing at all, more pixels than there are, and more than is sent."""
    if width <= 0 or height <= 0 or width > box.width or height > box.height or width * height > MAX_AREA:
        raise Invalid("iiif_request", part="size")
    return width, height


def _largest(box: Box) -> tuple[int, int]:
    factor = min(1.0, (MAX_AREA / (box.width * box.height)) ** 0.5)
    return max(1, int(box.width * factor)), max(1, int(box.height * factor))
