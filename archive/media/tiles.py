"""A picture's pyramid of tiles: one stored ZIP, an entry a tile, so that a tile is sent without being decoded.

Entries are `<scale factor>/<column>-<row>.jpg`; each level is the picture at 1/1, 1/2, 1/4 … of its size, cut into
squares of `TILE` pixels. They are our own fresh pixels (archive.media.decoder), so they may be opened in this process.
"""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator
from threading import BoundedSemaphore

from PIL import Image

from archive.errors import Busy
from archive.media import paths
from archive.media.iiif import Box, Wanted

TILE = 512
#: Opened pyramids that are kept: their tables of contents, not their pixels.
OPEN = 64
_MODES = {"gray": "L", "bitonal": "1"}
#: Made while somebody waits, so quick rather than small.
_SAVED = {
    "jpg": ("JPEG", {"quality": 88}), "png": ("PNG", {"compress_level": 1}),
    "webp": ("WEBP", {"quality": 85, "method": 0}),
}  # fmt: skip
#: How many answers one process puts together at a time, and for how many seconds a further one waits for its turn.
AT_ONCE, PATIENCE = 2, 2.0
_turns = BoundedSemaphore(AT_ONCE)


def factors(width: int, height: int) -> list[int]:
    """Return the scale factors of a picture's levels, the whole first, the last one that fits one tile."""
    found = [1]
    while max(width, height) / found[-1] > TILE:
        found.append(found[-1] * 2)
    return found


@functools.lru_cache(maxsize=OPEN)
def _open(sha256: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(paths.of_sha256(sha256))


def aligned(wanted: Wanted, full: tuple[int, int]) -> str | None:
    """Return the entry that holds just what is asked for; None when it must be put together."""
    if wanted.rotation or wanted.mirrored or wanted.quality in _MODES or wanted.format != "jpg":
        return None
    for factor in factors(*full):
        if _is_tile(wanted, factor, full):
            step = TILE * factor
            return f"{factor}/{wanted.region.x // step}-{wanted.region.y // step}.jpg"
    return None


def _is_tile(wanted: Wanted, factor: int, full: tuple[int, int]) -> bool:
    box, step = wanted.region, TILE * factor
    if box.x % step or box.y % step:
        return False
    if box.width != min(step, full[0] - box.x) or box.height != min(step, full[1] - box.y):
        return False
    return (wanted.width, wanted.height) == (-(-box.width // factor), -(-box.height // factor))


def read(sha256: str, entry: str) -> bytes:
    """Return one tile's bytes as they were made; raises KeyError when there is none."""
    return _open(sha256).read(entry)


def render(sha256: str, wanted: Wanted, full: tuple[int, int]) -> bytes:
    """Put together what is asked for from the smallest level that has enough pixels.

    Raises Busy when as many as a process may be making are being made.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy("busy")
    try:
        return _rendered(sha256, wanted, full)
    finally:
        _turns.release()


def _rendered(sha256: str, wanted: Wanted, full: tuple[int, int]) -> bytes:
    box = wanted.region
    factor = 1
    for candidate in factors(*full):
        if box.width / candidate >= wanted.width and box.height / candidate >= wanted.height:
            factor = candidate
    picture = _level_part(sha256, box, factor, full)
    if picture.size != (wanted.width, wanted.height):
        picture = picture.resize((wanted.width, wanted.height), Image.Resampling.LANCZOS)
    return _saved(_turned(picture, wanted), wanted.format)


def _level_part(sha256: str, box: Box, factor: int, full: tuple[int, int]) -> Image.Image:
    """Return the region at this level, cut out of the tiles that it touches."""
    left, top = box.x // factor, box.y // factor
    right = min(-(-(box.x + box.width) // factor), -(-full[0] // factor))
    bottom = min(-(-(box.y + box.height) // factor), -(-full[1] // factor))
    part = Image.new("RGB", (right - left, bottom - top))
    for column, row in _touched(left, top, right, bottom):
        with Image.open(io.BytesIO(read(sha256, f"{factor}/{column}-{row}.jpg")), formats=("JPEG",)) as tile:
            part.paste(tile, (column * TILE - left, row * TILE - top))
    return part


def _touched(left: int, top: int, right: int, bottom: int) -> Iterator[tuple[int, int]]:
    for row in range(top // TILE, -(-bottom // TILE)):
        for column in range(left // TILE, -(-right // TILE)):
            yield column, row


def _turned(picture: Image.Image, wanted: Wanted) -> Image.Image:
    if wanted.mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    if wanted.rotation:
        picture = picture.transpose(turns[wanted.rotation])
    return picture.convert(_MODES.get(wanted.quality, "RGB"))


def _saved(picture: Image.Image, extension: str) -> bytes:
    name, options = _SAVED[extension]
    target = io.BytesIO()
    picture.save(target, name, **options)
    return target.getvalue()
