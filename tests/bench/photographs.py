"""Photographs for the benches, and what Pillow alone does with them: `python -I photographs.py SOURCE FOLDER LONGEST…`."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image


def photograph(path: Path, width: int, height: int) -> None:
    """Write a JPEG that is as hard to encode as a photograph: shapes, shades and the grain of film."""
    small = (width // 4, height // 4)
    shapes = Image.effect_mandelbrot(small, (-1.6, -1.2, 1.0, 1.2), 100)
    shade = Image.linear_gradient("L").resize(small)
    grain = Image.effect_noise(small, 40)
    whole = Image.merge("RGB", (shapes, shade, Image.blend(shapes, grain, 0.4))).resize((width, height))
    whole.save(path, "JPEG", quality=90)


def alone(source: str, folder: str, sizes: list[int]) -> None:
    """Make the same copies with Pillow and nothing else, from one decoding."""
    with Image.open(source) as image:
        image.draft("RGB", (max(sizes), max(sizes)))
        for longest in sorted(sizes, reverse=True):
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            image.save(Path(folder) / f"{longest}.webp", "WEBP", quality=82, method=4)


if __name__ == "__main__":
    alone(sys.argv[1], sys.argv[2], [int(each) for each in sys.argv[3:]])
