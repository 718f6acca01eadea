"""Tables of Recogito: a quote, an anchor, and what the quote names."""

from __future__ import annotations

import re
from collections import Counter

from annotations.exchange.notes.records import (
    LONGEST_ADDRESS,
    LONGEST_TAG,
    NoteRecord,
    NotesReading,
    Tag,
    counted,
)
from annotations.exchange.notes.tables import Rows
from archive.errors import ImportRefused
from archive.importers.tables import Table

COLUMNS = {
    "uuid": ("uuid",), "file": ("file",), "quote": ("quote transcription",), "anchor": ("anchor",), "type": ("type",),
    "uri": ("uri",), "label": ("vocab label",), "status": ("verification status",), "tags": ("tags",), "comments": ("comments",),
}  # fmt: skip
_KINDS = {"place": "place", "person": "person", "event": "event"}
_RECT = re.compile(r"rect:x=(\d{1,7}),y=(\d{1,7}),w=(\d{1,7}),h=(\d{1,7})\Z")


def read_recogito(table: Table) -> NotesReading:
    """Return the notes of a table; offsets count the text that was loaded there.

    Raises ImportRefused "columns_missing", and what `counted` raises.
    """
    rows = Rows(table, COLUMNS)
    if not rows.has("quote", "anchor"):
        raise ImportRefused("columns_missing", columns="QUOTE_TRANSCRIPTION, ANCHOR")
    records = []
    for place, row in rows:
        uuid = row("uuid")[:100]
        record = NoteRecord(
            place, key=f"urn:uuid:{uuid}" if uuid else "", source=row("file")[:LONGEST_ADDRESS], exact=row("quote"),
            body="\n\n".join(part.strip() for part in row("comments").split("|") if part.strip()),
        )  # fmt: skip
        _anchor(row("anchor"), record)
        kind = _KINDS.get(row("type").strip().lower(), "")
        record.category = kind
        label, address = row("label").partition("|")[0].strip(), row("uri").strip()
        if label or address:
            record.tags.append(
                Tag(label[:LONGEST_TAG] or record.exact[:LONGEST_TAG], address[:LONGEST_ADDRESS], kind)
            )
        record.tags += [Tag(tag) for tag in rows.parted(row("tags"), "|")]
        if row("status") and row("status").upper() not in ("VERIFIED", ""):
            record.left_out.append("verification")
        records.append(record)
    left_out = Counter(code for record in records for code in set(record.left_out))
    return NotesReading(counted(records), left_out)


def _anchor(words: str, record: NoteRecord) -> None:
    words = words.strip()
    rect = _RECT.match(words)
    if re.match(r"char-offset:\d{1,12}\Z", words):
        record.start = int(words.partition(":")[2])
        record.end = record.start + len(record.exact)
    elif rect:
        record.fragment = "xywh=" + ",".join(rect.groups())
    elif words.startswith(("from=", "row:", "tbox:")):
        # A path of markup that nobody here has, or a box that stands askew: the quote must do.
        record.left_out.append("anchor_kind")
