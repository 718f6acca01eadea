"""What Hypothesis hands out: the export of its client, the rows of its API, and tables of both."""

from __future__ import annotations

from collections import Counter
from typing import Any

from annotations.exchange.notes.json_files import read_json
from annotations.exchange.notes.records import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TAG,
    NoteRecord,
    NotesReading,
    Tag,
    clean,
    counted,
    keep_answers,
)
from annotations.exchange.notes.tables import Rows
from annotations.exchange.notes.w3c import take_selectors
from archive.errors import ImportRefused
from archive.importers.tables import Table

COLUMNS = {
    "url": ("url", "uri"), "quote": ("quote", "exact", "highlight"), "text": ("comment", "text", "note"),
    "tags": ("tags",), "author": ("author", "user", "username"), "id": ("id", "annotation id"), "type": ("type", "level", "annotation/reply"),
}  # fmt: skip


def is_hypothesis(given: Any) -> bool:
    """Whether JSON looks like an export of the client, or an answer of the API."""
    rows = _rows(given)
    first = rows[0] if rows else None
    if isinstance(given, dict) and ("export_userid" in given or "client_version" in given):
        return True
    return isinstance(first, dict) and "uri" in first and ("user" in first or "target" in first)


def _rows(given: Any) -> list[Any]:
    if isinstance(given, dict):
        rows = given.get("annotations", given.get("rows"))
        if rows is None and "uri" in given:
            return [given]
        return rows if isinstance(rows, list) else []
    return given if isinstance(given, list) else []


def read_hypothesis(data: bytes) -> NotesReading:
    """Return the notes of JSON; what answers another note is told with the words that it answers.

    Raises ImportRefused: what `read_json` and `counted` raise.
    """
    given, left_out = read_json(data), Counter[str]()
    records = []
    for place, row in enumerate(_rows(given), start=1):
        if not isinstance(row, dict):
            left_out["not_a_note"] += 1
            continue
        records.append(_record(row, place))
    keep_answers(records)
    for record in records:
        left_out.update(set(record.left_out))
    if (
        isinstance(given, dict)
        and isinstance(given.get("total"), int)
        and given["total"] > len(records)
        and "rows" in given
    ):
        left_out["page_elsewhere"] += 1
    return NotesReading(counted(records), left_out)


def _record(row: dict[str, Any], place: int) -> NoteRecord:
    record = NoteRecord(
        place, key=_address(clean(row.get("id"), 100)), source=clean(row.get("uri"), LONGEST_ADDRESS),
        body=clean(row.get("text")), author=_author(row),
    )  # fmt: skip
    tags = row.get("tags")
    record.tags = [
        Tag(clean(tag, LONGEST_TAG).strip())
        for tag in (tags if isinstance(tags, list) else [])
        if clean(tag).strip()
    ]
    targets = row.get("target")
    for target in targets if isinstance(targets, list) else []:
        if isinstance(target, dict):
            record.source = record.source or clean(target.get("source"), LONGEST_ADDRESS)
            take_selectors(target.get("selector", []), record)
    references = row.get("references")
    if isinstance(references, list) and references:
        record.answers = _address(clean(references[-1], 100))
        record.problem = "reply"
    elif not record.exact and record.start is None:
        record.problem = "page_note"
    return record


def _address(ident: str) -> str:
    """Return the address under which everybody knows the note, so that it is known again from any export."""
    return f"https://hypothes.is/a/{ident}" if ident and "/" not in ident and " " not in ident else ident


def _author(row: dict[str, Any]) -> str:
    info = row.get("user_info")
    shown = clean(info.get("display_name"), LONGEST_NAME).strip() if isinstance(info, dict) else ""
    return shown or plain_user(clean(row.get("user"), LONGEST_NAME))


def plain_user(user: str) -> str:
    """Return the name within `acct:name@place`."""
    return user.removeprefix("acct:").partition("@")[0].strip() if user.startswith("acct:") else user.strip()


def read_hypothesis_table(table: Table) -> NotesReading:
    """Return the notes of a table; it has quotes and no offsets.

    Raises ImportRefused "columns_missing", and what `counted` raises.
    """
    rows = Rows(table, COLUMNS)
    if not rows.has("quote"):
        raise ImportRefused("columns_missing", columns="quote")
    records = []
    for place, row in rows:
        record = NoteRecord(
            place, key=_address(row("id")[:100]), source=row("url")[:LONGEST_ADDRESS], exact=row("quote"), body=row("text"),
            author=plain_user(row("author"))[:LONGEST_NAME],
        )  # fmt: skip
        record.tags = [Tag(tag) for tag in rows.parted(row("tags"), ",;|")]
        kind = row("type").lower()
        if kind == "reply" or (kind.isdigit() and int(kind[:4]) > 0):
            record.problem = "reply"
        elif not record.exact:
            record.problem = "page_note"
        records.append(record)
    left_out = Counter(code for record in records for code in set(record.left_out))
    return NotesReading(counted(records), left_out)
