"""What a picture says of its title, maker, day and rights: XMP first, then IPTC, then EXIF, as plain words.

Where it was taken is among these: all of this is kept in the restricted record, and goes into a description only field
by field, by somebody's choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image, IptcImagePlugin

from archive.media.decoder.packet import packet_says
from archive.media.decoder.said import Said, day, gathered, place, several

#: Field → dataset of IPTC's second record.
_IPTC = {"title": 5, "description": 120, "creators": 80, "keywords": 25, "rights_holder": 116}
_IPTC_DAY = (2, 55)
#: What IPTC's first record calls the encoding of the others (ISO 2022); where it is silent, so are we.
_IPTC_ENCODING = (1, 90)
_ENCODINGS = {
    b"\x1b%G": "utf-8", b"\x1b%/G": "utf-8", b"\x1b%/H": "utf-8", b"\x1b%/I": "utf-8",
    b"\x1b-A": "iso-8859-1", b"\x1b.A": "iso-8859-1", b"\x1b-B": "iso-8859-2", b"\x1b-L": "iso-8859-5",
    b"\x1b-G": "iso-8859-6", b"\x1b-F": "iso-8859-7", b"\x1b-H": "iso-8859-8", b"\x1b-M": "iso-8859-9",
}  # fmt: skip


def described_by(image: Image.Image) -> dict[str, str]:
    """Return what the file says in the fields of a description; see `said.gathered`."""
    return gathered((*_xmp(image), *_iptc(image), *_exif(image)))


def _xmp(image: Image.Image) -> Iterator[Said]:
    packet = image.info.get("xmp") or b""
    yield from packet_says(packet.encode() if isinstance(packet, str) else bytes(packet))


def _iptc(image: Any) -> Iterator[Said]:
    try:
        told: Any = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return
    encoding = _ENCODINGS.get(next(iter(_values(told, _IPTC_ENCODING)), b""), "")
    for field, number in _IPTC.items():
        words = [_read(value, encoding) for value in _values(told, (2, number))]
        for each in several(words) if field in ("creators", "keywords") else words[:1]:
            yield field, each
    yield "date_edtf", day(str(next(iter(_values(told, _IPTC_DAY)), b""), "ascii", "replace"))


def _values(told: Any, dataset: tuple[int, int]) -> list[bytes]:
    values = told.get(dataset, [])
    return [bytes(value) for value in (values if isinstance(values, list) else [values])]


def _read(value: bytes, encoding: str) -> str | bytes:
    """Return words in the encoding that the file names; bytes where it names none, or another than it is in."""
    try:
        return value.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return value


def _exif(image: Image.Image) -> Iterator[Said]:
    exif = image.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    base = ExifTags.Base
    for field, tag, wide in (
        ("title", base.XPTitle, True), ("description", base.ImageDescription, False),
        ("description", base.XPComment, True), ("creators", base.Artist, False), ("creators", base.XPAuthor, True),
        ("rights_holder", base.Copyright, False), ("keywords", base.XPKeywords, True),
    ):  # fmt: skip
        yield field, _wide(exif.get(tag)) if wide else _narrow(exif.get(tag))
    yield "description", _comment(inner.get(base.UserComment), getattr(exif, "endian", "<"))
    yield "date_edtf", day(str(_narrow(inner.get(base.DateTimeOriginal)), "utf-8", "replace"))
    yield "gps", _place(exif.get_ifd(ExifTags.IFD.GPSInfo))


def _narrow(value: Any) -> bytes:
    """Return a value that the standard calls ASCII; many write in UTF-8, others in whatever their computer spoke."""
    if not isinstance(value, str):
        return b""
    return value.encode("latin-1", "replace").strip(b"\0 ")


def _comment(value: Any, endian: str) -> str | bytes:
    """Return the user's comment, which names its encoding in its first eight bytes."""
    data = bytes(value) if isinstance(value, bytes) else b""
    code, words = data[:8], data[8:]
    if code == b"UNICODE\0":
        return words.decode("utf-16-be" if endian == ">" else "utf-16-le", "ignore").strip("\0 \ufeff")
    if code == b"JIS\0\0\0\0\0":
        return words.decode("iso2022_jp", "ignore").strip("\0 ")
    return words.strip(b"\0 ") if code in (b"ASCII\0\0\0", bytes(8)) else b""


def _wide(value: Any) -> str:
    data = bytes(value) if isinstance(value, bytes | tuple) else b""
    return data.decode("utf-16-le", "ignore").strip("\0 ")


def _place(gps: dict[int, Any]) -> str:
    """Return latitude and longitude in degrees."""
    try:
        latitude = _degrees(gps[2]) * (-1 if gps.get(1) == "S" else 1)
        longitude = _degrees(gps[4]) * (-1 if gps.get(3) == "W" else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    return place(latitude, longitude)


def _degrees(parts: Any) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
