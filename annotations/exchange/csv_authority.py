"""An authority file as a table: one row an entry, read line by line, since it may have many tens of thousands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotations.authorities import SCHEMES, identifier
from annotations.values import is_language
from archive.errors import ImportRefused
from archive.text.edtf import is_edtf

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
LONGEST_NAME, LONGEST_CELL = 200, 100_000
MOST_VARIANTS = 200
#: What a column can be called besides its own name.
_ALIASES = {
    "id": ("id", "identifier", "qid", "geonameid", "item"), "name": ("name", "label", "itemlabel", "title"),
    "language": ("language", "lang"), "type": ("type", "kind", "class"),
    "latitude": ("latitude", "lat"), "longitude": ("longitude", "lon", "long", "lng"),
    "dates": ("dates", "date", "date_edtf"), "variants": ("variants", "aliases", "alternatenames", "altlabel"),
    "description": ("description", "itemdescription"),
}  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One row."""

    line: int
    identifier: str
    name: str
    language: str = ""
    type: str = ""
    description: str = ""
    latitude: float | None = None
    longitude: float | None = None
    date_edtf: str = ""
    #: (language or "", name)
    variants: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken in, and why."""

    line: int
    code: str


def read_authority(chunks: Iterable[bytes], *, scheme: str = "") -> Iterator[Entry | LeftOut]:
    """Yield the entries of a table in UTF-8, whose heading names its columns, and the rows that are left out.

    Several variants of one cell are parted by |, each with its language before a colon or without. Raises
    ImportRefused: "not_text", "no_authority_columns", "table_broken" with the line, "too_many_authority_rows".
    """
    lines = _lines(chunks)
    first = next(lines, "")
    separator = max(("\t", ";", ","), key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_again(first, lines), delimiter=separator)
    try:
        headers = [header.strip().lower() for header in next(reader, [])]
        at = {
            name: headers.index(alias)
            for name, aliases in _ALIASES.items()
            for alias in aliases[::-1] if alias in headers
        }  # fmt: skip
        if "id" not in at or "name" not in at:
            raise ImportRefused("no_authority_columns", columns=", ".join(_ALIASES))
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise ImportRefused("too_many_authority_rows", most=MOST_ROWS)
            if any(cell.strip() for cell in cells):
                yield _entry(
                    reader.line_num, {n: cells[i].strip() for n, i in at.items() if i < len(cells)}, scheme
                )
    except csv.Error as error:
        raise ImportRefused("table_broken", line=reader.line_num) from error


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines, with their ends; letters that are cut between two chunks are whole again."""
    stream = io.TextIOWrapper(io.BufferedReader(_Chunks(chunks)), encoding="utf-8-sig", newline="")
    try:
        for line in stream:
            if "\x00" in line:
                raise ImportRefused("not_text")
            yield line
    except UnicodeDecodeError as error:
        raise ImportRefused("not_text") from error


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


class _Chunks(io.RawIOBase):
    """Bytes that come in pieces, as a stream."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._rest = piece
        count = min(len(view), len(self._rest))
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _entry(line: int, row: dict[str, str], scheme: str) -> Entry | LeftOut:
    found, name = identifier(scheme, row.get("id", "")), row.get("name", "")
    if not found or len(found) > 80 or (scheme in SCHEMES and not SCHEMES[scheme].pattern.match(found)):
        return LeftOut(line, "authority_id")
    if not name or len(name) > LONGEST_NAME:
        return LeftOut(line, "authority_name")
    try:
        latitude, longitude = (float(row[n]) if row.get(n) else None for n in ("latitude", "longitude"))
    except ValueError:
        return LeftOut(line, "coordinates_range")
    if (latitude is None) != (longitude is None) or not (
        -90 <= (latitude or 0) <= 90 and -180 <= (longitude or 0) <= 180
    ):
        return LeftOut(line, "coordinates_range")
    language, dates = row.get("language", ""), row.get("dates", "")
    return Entry(
        line, found, name, language=language if is_language(language) else "", type=row.get("type", "")[:40],
        description=row.get("description", "")[:500], latitude=latitude, longitude=longitude,
        date_edtf=dates if len(dates) <= 60 and is_edtf(dates) else "", variants=_variants(row.get("variants", "")),
    )  # fmt: skip


def _variants(cell: str) -> list[tuple[str, str]]:
    found = []
    for part in cell.split("|")[:MOST_VARIANTS]:
        language, colon, name = part.partition(":")
        if not colon or not is_language(language.strip()):
            language, name = "", part
        if name.strip() and len(name.strip()) <= LONGEST_NAME:
            found.append((language.strip(), name.strip()))
    return found
