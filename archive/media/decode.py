"""Decodes one untrusted picture and writes fresh copies of its pixels; a program for a limited process.

    python -I decode.py '{"source": …, "folder": …, "sizes": {"thumb": 320}, "max_pixels": …}'
    python -I decode.py '{"source": …, "folder": …, "tile": 512, "max_pixels": …}'

It imports Pillow and nothing of ours, and answers with one line of JSON: `{"width", "height", "copies",
"embedded"}` or `{"error": code}`. Nothing of the file but its pixels reaches a copy.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")
#: Rows decoded into the working form at a time.
STRIP_PIXELS = 4_000_000
LONGEST_FACT = 500


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Decode and write the copies; return the facts or `{"error": code}`."""
    Image.MAX_IMAGE_PIXELS = request["max_pixels"]
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(request["source"], formats=FORMATS) as image:
            if image.width * image.height > request["max_pixels"]:
                return {"error": "too_many_pixels"}
            embedded = facts_of(image)
            orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
            width, height = image.size
            largest = max(request["sizes"].values()) if "sizes" in request else max(image.size)
            if image.format == "JPEG" and "sizes" in request:
                image.draft("RGB" if image.mode in ("RGB", "YCbCr") else image.mode, (largest, largest))
            profile = image.info.get("icc_profile")
            picture = reduced(image, largest)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"error": "too_many_pixels"}
    except UnidentifiedImageError:
        return {"error": "not_an_image"}
    except MemoryError:
        return {"error": "image_too_dear"}
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, ZeroDivisionError, TypeError):
        return {"error": "image_broken"}
    picture = upright(in_srgb(picture, profile), orientation)
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    if "tile" in request:
        return {
            "width": width,
            "height": height,
            "tiles": write_tiles(picture, request["tile"], request["folder"]),
        }
    copies = [write(picture, name, longest, request["folder"]) for name, longest in request["sizes"].items()]
    return {"width": width, "height": height, "copies": copies, "embedded": embedded}


def reduced(image: Image.Image, largest: int) -> Image.Image:
    """Return the picture no longer than `largest` as RGB(A) or CMYK, converted strip by strip."""
    image.seek(0)
    image.load()
    mode = "RGBA" if has_alpha(image) else "CMYK" if image.mode == "CMYK" else "RGB"
    factor = max(1, max(image.size) * 2 // (3 * largest))
    width, height = -(-image.width // factor), -(-image.height // factor)
    rows = max(factor, STRIP_PIXELS // image.width // factor * factor)
    canvas = Image.new(mode, (width, height))
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        strip = eight_bit(image.crop((0, top, image.width, bottom))).convert(mode)
        canvas.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    canvas.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    return canvas


def has_alpha(image: Image.Image) -> bool:
    """Whether some of the picture is see-through."""
    return image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info


def eight_bit(image: Image.Image) -> Image.Image:
    """Return a picture of 16 or 32 bits a pixel as one of 8; others as they are."""
    if image.mode.startswith("I;16"):
        return (
            image.point(lambda value: value / 256).convert("L")
            if image.mode == "I;16"
            else image.convert("I").point(lambda value: value / 256).convert("L")
        )
    if image.mode == "I":
        return image.point(lambda value: value / 256).convert("L")
    return image


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in the colors that every screen assumes, since the copies carry no profile."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, source, srgb, outputMode=mode)
            return changed if changed is not None else picture.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture.convert(mode)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Return the picture as it is meant to be seen."""
    turn = _TURNS.get(orientation)
    return picture.transpose(turn) if turn is not None else picture


def write(picture: Image.Image, name: str, longest: int, folder: str) -> dict[str, Any]:
    """Write one copy into a new image, so that nothing but pixels can come along."""
    small = ImageOps.contain(picture, (longest, longest)) if max(picture.size) > longest else picture
    fresh = Image.new(small.mode, small.size)
    fresh.paste(small)
    path = Path(folder) / f"{name}.webp"
    fresh.save(path, "WEBP", quality=82, method=4)
    return {"name": name, "path": str(path), "width": fresh.width, "height": fresh.height}


def write_tiles(picture: Image.Image, side: int, folder: str) -> str:
    """Write every level of the picture in squares into one stored ZIP; return its path."""
    level, factor, path = on_paper(picture), 1, Path(folder) / "tiles.zip"
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as pack:
        while True:
            for row, top in enumerate(range(0, level.height, side)):
                for column, left in enumerate(range(0, level.width, side)):
                    box = (left, top, min(left + side, level.width), min(top + side, level.height))
                    target = io.BytesIO()
                    level.crop(box).save(target, "JPEG", quality=88, optimize=False)
                    # A date of its own would make the same picture other bytes each time.
                    entry = zipfile.ZipInfo(f"{factor}/{column}-{row}.jpg", (1980, 1, 1, 0, 0, 0))
                    pack.writestr(entry, target.getvalue())
            if max(level.size) <= side:
                return str(path)
            level, factor = level.reduce(2), factor * 2


def on_paper(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency, on white, as JPEG needs it."""
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return fresh


def facts_of(image: Image.Image) -> dict[str, Any]:
    """Return what the file says of itself, short and as plain text."""
    facts: dict[str, Any] = {"format": image.format, "mode": image.mode}
    exif = image.getexif()
    tags = {ExifTags.TAGS.get(tag, str(tag)): value for tag, value in exif.items()}
    for directory in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
        names = ExifTags.GPSTAGS if directory == ExifTags.IFD.GPSInfo else ExifTags.TAGS
        tags |= {names.get(tag, str(tag)): value for tag, value in exif.get_ifd(directory).items()}
    if tags:
        facts["exif"] = {str(name): plain(value) for name, value in list(tags.items())[:200]}
    for name in ("xmp", "icc_profile", "comment", "dpi", "photoshop"):
        value = image.info.get(name)
        if value:
            facts[name] = f"{len(value)} bytes" if name in ("icc_profile", "photoshop") else plain(value)
    texts = getattr(image, "text", None)
    if isinstance(texts, dict) and texts:
        facts["text"] = {plain(name): plain(value) for name, value in list(texts.items())[:50]}
    return facts


def plain(value: Any) -> str:
    """Return any value as printable text of bounded length."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(letter for letter in text[:LONGEST_FACT] if letter.isprintable() or letter == "\n")


if __name__ == "__main__":
    try:
        answer = main(json.loads(sys.argv[1]))
    except MemoryError:
        answer = {"error": "image_too_dear"}
    sys.stdout.write(json.dumps(answer) + "\n")
