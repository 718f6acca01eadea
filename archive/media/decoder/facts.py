"""What a file says of itself: for the restricted record, never for a copy."""

from __future__ import annotations

from typing import Any

from PIL import ExifTags, Image

from archive.media.decoder.described import described_by

LONGEST = 500
#: What of it would go into a description, field by field.
DESCRIBED = "described"
#: Values that are named with their size alone: programs read them, people do not.
_SIZED = frozenset({"icc_profile", "photoshop"})


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
            facts[name] = f"{len(value)} bytes" if name in _SIZED else plain(value)
    texts = getattr(image, "text", None)
    if isinstance(texts, dict) and texts:
        facts["text"] = {plain(name): plain(value) for name, value in list(texts.items())[:50]}
    said = described_by(image)
    if said:
        facts[DESCRIBED] = said
    return facts


def plain(value: Any) -> str:
    """Return any value as printable text of bounded length."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(letter for letter in text[:LONGEST] if letter.isprintable() or letter == "\n")
