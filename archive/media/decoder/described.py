"""What a picture says of its title, maker, day and rights: XMP first, then IPTC, then EXIF, as plain words.

Words go to the language whose letters they are written in. Where it was taken is among these: all of this is kept in
the restricted record, and goes into a description only field by field, by somebody's choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from PIL import ExifTags, Image, IptcImagePlugin

from archive.errors import ImportRefused
from archive.importers import xml_door
from archive.text.edtf import is_edtf

#: Longest value of each field, in code points.
LONGEST = {"title": 300, "rights_holder": 200, "description": 5000, "creators": 2000, "keywords": 2000}
#: An XMP packet that is longer says more than a description.
LARGEST_PACKET = 1024 * 1024
_ARABIC = re.compile("[\u0620-\u06ff\u0750-\u077f]")
_DAY = re.compile(r"(\d{4})(?:[-:/]?(\d{2})(?:[-:/]?(\d{2}))?)?")
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/", "xmp": "http://ns.adobe.com/xap/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/", "cc": "http://creativecommons.org/ns#",
}  # fmt: skip
#: Field → datasets of IPTC's second record.
_IPTC = {"title": (5,), "description": (120,), "creators": (80,), "keywords": (25,), "rights_holder": (116,)}
_IPTC_DAY = (2, 55)
_BILINGUAL = ("title", "description", "rights_holder")
Said = tuple[str, str]


def described_by(image: Image.Image) -> dict[str, str]:
    """Return what the file says in the fields of a description; of a field that is said twice, the first word."""
    said: dict[str, str] = {}
    for name, words in (*_xmp(image), *_iptc(image), *_exif(image)):
        words = _clean(words)[: LONGEST.get(name, 200)].strip()
        if words and name in _BILINGUAL:
            name = f"{name}_ar" if _ARABIC.search(words) else f"{name}_en"
        if words:
            said.setdefault(name, words)
    return said


def _clean(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable() or letter == "\n")


def _xmp(image: Image.Image) -> Iterator[Said]:
    packet = image.info.get("xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not packet or len(packet) > LARGEST_PACKET:
        return
    try:
        root = xml_door.parse(packet.strip(b"\0 \r\n\t"))
    except (ImportRefused, ValueError):
        return
    for field, path in (
        ("title", "dc:title"),
        ("description", "dc:description"),
        ("rights_holder", "dc:rights"),
    ):
        for words in _alternatives(root, path):
            yield field, words
    yield "creators", _several(_items(root, "dc:creator"))
    yield "keywords", _several(_items(root, "dc:subject"))
    for path in ("photoshop:DateCreated", "xmp:CreateDate"):
        yield "date_edtf", _day(_value(root, path))
    address = _value(root, "rights:WebStatement") or _value(root, "cc:license")
    if address.startswith(("http://", "https://")) and len(address) <= 200:
        yield "rights_uri", address


def _alternatives(root: etree._Element, path: str) -> list[str]:
    return _items(root, path) or [_value(root, path)]


def _items(root: etree._Element, path: str) -> list[str]:
    found = root.iterfind(f".//{path}//rdf:li", _NAMES)
    return ["".join(map(str, item.itertext())).strip() for item in found][:50]


def _value(root: etree._Element, path: str) -> str:
    """Return a simple value, which packets write as an element, as an attribute or as an address."""
    prefix, _colon, name = path.partition(":")
    element = root.find(f".//{path}", _NAMES)
    if element is not None:
        resource = element.get(f"{{{_NAMES['rdf']}}}resource")
        return (resource or element.text or "").strip()
    for described in root.iterfind(".//rdf:Description", _NAMES):
        value = described.get(f"{{{_NAMES[prefix]}}}{name}")
        if value:
            return value.strip()
    return ""


def _iptc(image: Any) -> Iterator[Said]:
    try:
        told: Any = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return
    for field, numbers in _IPTC.items():
        for number in numbers:
            values = told.get((2, number), [])
            words = [_utf8(value) for value in (values if isinstance(values, list) else [values])]
            yield field, _several(words) if field in ("creators", "keywords") else words[0] if words else ""
    day = told.get(_IPTC_DAY, b"")
    yield "date_edtf", _day(_utf8(day[0] if isinstance(day, list) else day))


def _utf8(value: bytes) -> str:
    """Return bytes as words; in another encoding, which nothing names, they say nothing that could be trusted."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return ""


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
    yield "date_edtf", _day(_narrow(inner.get(base.DateTimeOriginal)))
    yield "gps", _place(exif.get_ifd(ExifTags.IFD.GPSInfo))


def _narrow(value: Any) -> str:
    """Return a value that the standard calls ASCII, and many write in UTF-8."""
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode("utf-8").strip("\0 ")
    except UnicodeError:
        return value.strip("\0 ")


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
    inside = abs(latitude) <= 90 and abs(longitude) <= 180
    return f"{latitude:.6f}, {longitude:.6f}" if inside else ""


def _degrees(parts: Any) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600


def _day(words: str) -> str:
    """Return a day, a month or a year as EDTF; zeros stand for what nobody knows."""
    found = _DAY.match(words.strip())
    if not found:
        return ""
    parts = [found[1]]
    for part in (found[2], found[3]):
        if not part or part == "00":
            break
        parts.append(part)
    day = "-".join(parts)
    return day if found[1] != "0000" and is_edtf(day) else ""


def _several(words: Iterable[str]) -> str:
    return "; ".join(
        each.replace(";", ",").replace("؛", "،").replace("|", "/") for each in words if each.strip()
    )
