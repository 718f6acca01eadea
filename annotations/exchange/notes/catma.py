"""Tables of CATMA: tags on passages, with their offsets and what stands around them."""

from __future__ import annotations

import re

from annotations.exchange.notes.records import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TAG,
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
    "id": ("annotation id", "instance id", "annotationid", "uuid"),
    "document": ("document", "source document", "sourcedocument", "source document name", "document title"),
    "start": ("start offset", "start point", "startoffset", "start", "range start", "begin offset"),
    "end": ("end offset", "end point", "endoffset", "end", "range end"),
    "quote": ("keyword", "annotation", "phrase", "annotated text", "keyword in context", "kwic", "text"),
    "left": ("left context", "leftcontext", "backward context"), "right": ("right context", "rightcontext", "forward context"),
    "path": ("tag path", "tagpath"), "tag": ("tag", "tag name", "tag definition path"), "property": ("property", "property name"),
    "value": ("property value", "value"), "properties": ("properties",),
    "author": ("annotator", "author", "markup author", "annotation author"), "comment": ("comment", "comments"),
}  # fmt: skip


def is_catma(heads: set[str]) -> bool:
    """Whether the (folded) headings are those of such a table."""
    has = lambda name: bool(heads & set(COLUMNS[name]))  # noqa: E731 - a word for four questions.
    return has("start") and has("end") and (has("path") or has("tag"))


def read_catma(table: Table) -> NotesReading:
    """Return the notes of a table; rows of one annotation that tell its properties one by one are one note.

    Raises ImportRefused "columns_missing", and what `counted` raises.
    """
    rows = Rows(table, COLUMNS)
    if not rows.has("start", "end") or not (rows.has("path") or rows.has("tag")):
        raise ImportRefused("columns_missing", columns="start offset, end offset, tag path")
    found: dict[tuple[object, ...], NoteRecord] = {}
    for place, row in rows:
        path = (row("path") or row("tag")).strip()
        begin, end = whole(row("start")), whole(row("end"))
        ident = row("id").strip()[:100]
        known = (ident,) if ident else (row("document"), begin, end, path, row("author"))
        record = found.get(known)
        if record is None:
            record = NoteRecord(
                place, key=f"urn:catma:{ident}" if ident and not re.search(r"\s", ident) else ident,
                source=row("document")[:LONGEST_ADDRESS], start=begin, end=end, author=row("author")[:LONGEST_NAME].strip(),
                prefix=row("left")[-200:], suffix=row("right")[:200], exact=row("quote"), body=row("comment"),
            )  # fmt: skip
            if path:
                record.tags.append(Tag(last_of(path)))
                if last_of(path) != path.strip("/"):
                    record.body = _joined(record.body, path)
            if begin is None or end is None:
                record.left_out.append("offset_no_number")
            found[known] = record
        _properties(row("property"), row("value"), row("properties"), record)
    records = list(found.values())
    return NotesReading(counted(records))


def last_of(path: str) -> str:
    """Return the tag at the end of a path."""
    return path.strip().rstrip("/").rsplit("/", 1)[-1].strip()[:LONGEST_TAG]


def _properties(name: str, value: str, several: str, record: NoteRecord) -> None:
    said = f"{name.strip()}: {value.strip()}" if name.strip() and value.strip() else ""
    if said and said not in record.body.split("\n\n"):
        record.body = _joined(record.body, said)
    if several.strip() and several.strip() not in ("{}", "[]") and several.strip() not in record.body:
        record.body = _joined(record.body, several.strip())


def _joined(before: str, words: str) -> str:
    return f"{before}\n\n{words}" if before else words
