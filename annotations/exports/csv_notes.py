"""The notes as a table, one row a note; no cell can be read as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from annotations.editions.values import MediaPlace
from annotations.exports.given import Given
from annotations.presenters.selectors import selector_of

COLUMNS = (
    "number", "id", "category", "language", "start", "end", "exact", "body", "tags", "author", "version",
    "sha256", "on", "part", "page", "bytes_sha256",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(given: Given) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    terms = {t.id: " / ".join(label for label in t.label.values() if label) for t in given.snapshot.terms}
    names = {person.id: person.name for person in given.snapshot.authors}
    yield b"\xef\xbb\xbf" + _row(COLUMNS)
    for note in filter(given.shows_note, given.snapshot.notes):
        tags = "; ".join(terms[tag] for tag in note.tags)
        yield _row((
            note.number, note.id, note.category, note.language, note.start, note.end, note.exact, note.body,
            tags, names.get(note.author, ""), note.version_number, note.content_hash, *_place(note.place),
        ))  # fmt: skip


def _place(place: MediaPlace | None) -> tuple[object, ...]:
    if place is None:
        return ("",) * 4
    return f"{place.member[0]}:{place.member[1]}", str(selector_of(place)["value"]), place.page, place.sha256


def _row(cells: tuple[object, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([safe_cell(str(cell)) for cell in cells])
    return line.getvalue().encode()


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
