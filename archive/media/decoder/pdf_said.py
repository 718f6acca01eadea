"""What a PDF says of its title, author and subject: its XMP packet first, then its information dictionary.

The library that draws the pages does not hand out the packet, so the file is searched for the one that the catalog names.
A catalog that is packed away in an object stream names nothing here; then the packet counts only if it is the only one.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.media.decoder.packet import LARGEST, packet_says
from archive.media.decoder.said import Said, day, gathered, several

#: The day on which a file was made is not the day of what it holds: it has a name of its own.
MADE_ON = "made_on"
_DAYS = {"dc:date": "date_edtf", "xmp:CreateDate": MADE_ON}
#: Of the information dictionary; the library has decoded the words.
_INFO = {"title": "Title", "description": "Subject"}
_SEVERAL = {"creators": "Author", "keywords": "Keywords"}
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")
_NAMED = re.compile(rb"/Metadata\s+(\d{1,10})\s+\d{1,5}\s+R")
_PACKET = re.compile(
    rb"(\d{1,10})\s+\d{1,5}\s+obj\s*<<([^<>]{0,2000}/Type\s*/Metadata\b[^<>]{0,2000})>>\s*stream\r?\n"
)
#: How far around its type an object's other entries are looked for.
_NEAR = 4000


def described_by(source: str, told: Mapping[str, str]) -> dict[str, str]:
    """Return what the PDF at `source` says in the fields of a description; `told` is its information dictionary."""
    return gathered((*packet_says(_packet(Path(source)), days=_DAYS), *_info(told)))


def _info(told: Mapping[str, str]) -> Iterator[Said]:
    for field, name in _INFO.items():
        yield field, told.get(name, "")
    for field, name in _SEVERAL.items():
        for words in several(re.split(r"\s*[;؛]\s*", told.get(name, ""))):
            yield field, words
    yield MADE_ON, day(told.get("CreationDate", "").removeprefix("D:"))


def _packet(source: Path) -> bytes:
    """Return the packet of the whole document; nothing where it cannot be told from those of pictures in it."""
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = {int(match[1]): match for match in _PACKET.finditer(data)}
        named = _named(data)
        match = found.get(named) if named is not None else None
        if named is None and len(found) == 1:
            match = next(iter(found.values()))
        return _stream(data, match) if match else b""


def _named(data: Any) -> int | None:
    """Return the number of the object that the last catalog names."""
    number = None
    for catalog in _CATALOG.finditer(data):
        around = data[max(0, catalog.start() - _NEAR) : catalog.end() + _NEAR]
        at = min(catalog.start(), _NEAR)
        begin, end = around.rfind(b" obj", 0, at), around.find(b"endobj", at)
        entry = _NAMED.search(around, max(0, begin), end if end >= 0 else len(around))
        number = int(entry[1]) if entry else number
    return number


def _stream(data: Any, match: re.Match[bytes]) -> bytes:
    end = data.find(b"endstream", match.end(), match.end() + LARGEST + 32)
    if end < 0:
        return b""
    raw = data[match.end() : end]
    if b"/FlateDecode" not in match[2]:
        return bytes(raw) if b"/Filter" not in match[2] else b""
    try:
        return zlib.decompressobj().decompress(raw, LARGEST)
    except zlib.error:
        return b""
