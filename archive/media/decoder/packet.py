"""What an XMP packet says in the fields of a description."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.errors import ImportRefused
from archive.importers import xml_door
from archive.media.decoder.said import Said, day, several

#: A packet that is longer says more than a description.
LARGEST = 1024 * 1024
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/", "xmp": "http://ns.adobe.com/xap/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/", "cc": "http://creativecommons.org/ns#",
}  # fmt: skip
#: Where a picture's packet has its day, the best word first.
_DAYS = {"photoshop:DateCreated": "date_edtf", "xmp:CreateDate": "date_edtf"}


def packet_says(packet: bytes, *, days: dict[str, str] = _DAYS) -> Iterator[Said]:
    """Yield what an XMP packet says; one that is no good says nothing. `days` name fields by the property of a day."""
    if not packet or len(packet) > LARGEST:
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
    for field, path in (("creators", "dc:creator"), ("keywords", "dc:subject")):
        for word in several(_items(root, path)):
            yield field, word
    for path, field in days.items():
        yield field, day(_value(root, path))
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
