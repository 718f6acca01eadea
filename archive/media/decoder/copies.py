"""The public copies of a picture: WebP, each no longer than its name promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from archive.media.decoder.pixels import Reader, resized


def write(reader: Reader, sizes: dict[str, int], folder: str) -> list[dict[str, Any]]:
    """Write every copy, the largest first, so that each is made from the one before."""
    picture = reader.whole(max(sizes.values()))
    made = []
    for name, longest in sorted(sizes.items(), key=lambda pair: -pair[1]):
        picture = resized(picture, longest)
        made.append(_write(picture, Path(folder) / f"{name}.webp", name))
    return made[::-1]


def _write(picture: Image.Image, path: Path, name: str) -> dict[str, Any]:
    """Write one copy from a new image, so that nothing but pixels can come along."""
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    fresh.save(path, "WEBP", quality=82, method=4)
    return {"name": name, "path": str(path), "width": fresh.width, "height": fresh.height}
