"""Tables that this archive hands out itself: one's own notes, and the notes of a release."""

from __future__ import annotations

from annotations.exchange.notes.records import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    NoteRecord,
    NotesReading,
    Tag,
    counted,
    whole,
)
from annotations.exchange.notes.tables import Rows
from archive.errors import ImportRefused
from archive.importers.tables import Table

COLUMNS = {
    "id": ("id",), "address": ("address",), "category": ("category",), "words": ("words", "exact"), "body": ("body",),
    "language": ("language",), "tags": ("tags",), "start": ("start",), "end": ("end",), "prefix": ("before",),
    "suffix": ("after",), "author": ("author",), "source": ("on", "source"), "part": ("part",), "page": ("page",), "work": ("work",),
    "text_sha256": ("text sha256",),
}  # fmt: skip


def is_own(heads: set[str]) -> bool:
    """Whether the (folded) headings are those of such a table."""
    return {"id", "category", "body", "language", "tags"} <= heads and bool(heads & {"words", "exact"})


def read_own(table: Table) -> NotesReading:
    """Return the notes of a table.

    Raises ImportRefused "columns_missing", and what `counted` raises.
    """
    rows = Rows(table, COLUMNS)
    if not rows.has("words", "body"):
        raise ImportRefused("columns_missing", columns="words, body")
    records, hashes = [], set()
    for place, row in rows:
        source = row("source").strip() or row("work").strip()
        kind, colon, ident = source.partition(":")
        record = NoteRecord(
            place, key=(row("address") or row("id")).strip()[:LONGEST_ADDRESS],
            source=(f"urn:hashiya:{source}" if colon and kind in ("image", "video", "text") and ident.isalnum() else source)[:LONGEST_ADDRESS],
            start=whole(row("start")), end=whole(row("end")), exact=row("words"), prefix=row("prefix"), suffix=row("suffix"),
            body=row("body"), language=row("language").strip()[:20], category=row("category").strip()[:20],
            author=row("author").strip()[:LONGEST_NAME], page=whole(row("page")) or 1,
        )  # fmt: skip
        part = row("part").strip()
        if part.startswith(("xywh=", "t=")):
            record.fragment = part
        elif part.startswith("<svg"):
            record.svg = part
        record.tags = [Tag(tag) for tag in rows.parted(row("tags"), ";")]
        hashes.add(row("text_sha256").strip())
        records.append(record)
    told = hashes.pop() if len(hashes) == 1 else ""
    return NotesReading(counted(records), text_sha256=told if len(told) == 64 else "")
