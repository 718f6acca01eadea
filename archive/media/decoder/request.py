"""What is asked of the decoder, from the open file to the answer."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

# Naming the formats' own modules spares looking through all that Pillow can read.
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)
from pillow_heif import HeifImageFile, register_heif_opener

from archive.media.decoder import copies, pages, pdf, pyramid
from archive.media.decoder.facts import facts_of
from archive.media.decoder.pixels import Box, Reader

_READERS = (
    JpegImagePlugin.JpegImageFile, PngImagePlugin.PngImageFile, WebPImagePlugin.WebPImageFile,
    TiffImagePlugin.TiffImageFile, GifImagePlugin.GifImageFile, BmpImagePlugin.BmpImageFile,
    Jpeg2KImagePlugin.Jpeg2KImageFile, AvifImagePlugin.AvifImageFile, HeifImageFile,
)  # fmt: skip
FORMATS = tuple(reader.format for reader in _READERS)
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, ZeroDivisionError, TypeError, OverflowError,
    AttributeError, RuntimeError,
)  # fmt: skip


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Decode and write what is asked for; return the facts or `{"error": code}`."""
    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = request["max_pixels"]
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Path(request["source"]).open("rb") as file:
            is_pdf = file.read(len(pdf.HEAD)) == pdf.HEAD
        if is_pdf:
            return pdf.answer(request)
        with Image.open(request["source"], formats=FORMATS) as image:
            return _answer(image, request)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"error": "too_many_pixels"}
    except UnidentifiedImageError:
        return {"error": "not_an_image"}
    except pages.TooMany:
        return {"error": "too_many_pages"}
    except MemoryError:
        return {"error": "image_too_dear"}
    except _BROKEN:
        return {"error": "image_broken"}


def _answer(image: Image.Image, request: dict[str, Any]) -> dict[str, Any]:
    frames = pages.frames(image, request["max_pages"])
    image.seek(frames[request["page"] - 1])
    if image.width * image.height > request["max_pixels"]:
        return {"error": "too_many_pixels"}
    embedded = facts_of(image) if "sizes" in request else {}
    width, height = image.size
    # A decoder that leaves pixels out mixes those that stay with them: not where some are to be covered.
    if "sizes" in request and image.format in ("JPEG", "MPO") and not request["covered"]:
        longest = max(request["sizes"].values())
        # Never less than what the largest copy needs: the decoder leaves out what would be thrown away.
        image.draft("RGB" if image.mode in ("RGB", "YCbCr") else image.mode, (longest, longest))
    image.load()
    # Asked only now: TIFFs turn themselves when loaded, and PNGs may name their orientation after the pixels.
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    if image.format == "TIFF":
        width, height = image.size
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    covered = [boxed(area, width, height) for area in request["covered"]]
    reader = Reader(image, orientation if orientation in range(1, 9) else 1, covered)
    if "tile" in request:
        made = pyramid.write(reader, width, height, side=request["tile"], folder=request["folder"])
        return {"width": width, "height": height, "tiles": made}
    return {
        "width": width, "height": height, "pages": len(frames), "embedded": embedded,
        "copies": copies.write(reader, request["sizes"], request["folder"]),
    }  # fmt: skip


def boxed(area: list[int], width: int, height: int) -> Box:
    """Return an area, `[x, y, width, height]`, as far as it lies on the page."""
    x, y, w, h = area
    return min(x, width), min(y, height), min(x + w, width), min(y + h, height)
