"""The pyramid of a picture: every level in squares, in one stored ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from archive.media.decoder.pixels import Box, Reader


def write(reader: Reader, width: int, height: int, *, side: int, folder: str) -> str:
    """Write the pyramid; return its path.

    Each tile is cut from the picture by itself and, halved, laid into the next level, so that neither the turned
    picture nor the one without transparency ever lies in memory whole.
    """
    path = Path(folder) / "tiles.zip"
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as pack:
        level: Image.Image | None = None
        factor = 1
        while True:
            size = level.size if level is not None else (width, height)
            is_last = max(size) <= side
            below = None if is_last else Image.new("RGB", (-(-size[0] // 2), -(-size[1] // 2)))
            for column, row, box in squares(size, side):
                tile = level.crop(box) if level is not None else on_paper(reader.part(box))
                _add(pack, f"{factor}/{column}-{row}.jpg", tile)
                if below is not None:
                    below.paste(tile.reduce(2), (box[0] // 2, box[1] // 2))
            if below is None:
                return str(path)
            if level is None:
                reader.image.close()
            level, factor = below, factor * 2


def squares(size: tuple[int, int], side: int) -> Iterator[tuple[int, int, Box]]:
    """Yield column, row and place of each square of a picture."""
    for row, top in enumerate(range(0, size[1], side)):
        for column, left in enumerate(range(0, size[0], side)):
            yield column, row, (left, top, min(left + side, size[0]), min(top + side, size[1]))


def _add(pack: zipfile.ZipFile, name: str, tile: Image.Image) -> None:
    target = io.BytesIO()
    tile.save(target, "JPEG", quality=88, optimize=False)
    # A date of its own would make the same picture other bytes each time.
    pack.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), target.getvalue())


def on_paper(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency, on white, as JPEG needs it; a new one, with no word of the old."""
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return fresh
