"""One note as a file tells it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from archive.errors import ImportRefused

#: Notes of one file; longer ones are to be sent in parts.
MOST = 5000
#: Bytes of a file.
MOST_BYTES = 20 * 1024 * 1024
#: Code points of what may be kept of a name, an address, a tag.
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_TAG = 120, 500, 200


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as a file has it: a name, an address, or both; `kind` is one of `TermKind` where the file says it."""

    name: str = ""
    address: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a note refers to: an address or a title, as `Citation` has them."""

    address: str = ""
    title: str = ""
    pages: str = ""
    relation: str = ""
    note: str = ""


@dataclass(slots=True)
class NoteRecord:
    """What a file says of one note; an empty value says nothing."""

    #: From 1: the line of a table, the place in the file of all else.
    place: int
    #: Its name there.
    key: str = ""
    #: What it is on there: an address, or the name of a file.
    source: str = ""
    #: Offsets as the file has them, in whatever it counts.
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    #: Words before which the passage ends, of a range told by its two ends.
    until: str = ""
    #: A media fragment (`xywh=…`, `t=…`), and a drawing in SVG.
    fragment: str = ""
    svg: str = ""
    page: int = 1
    #: Markdown.
    body: str = ""
    language: str = ""
    category: str = ""
    tags: list[Tag] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    author: str = ""
    #: The note that it answers.
    answers: str = ""
    #: Codes of what of it is told, not taken in.
    left_out: list[str] = field(default_factory=list)
    #: Why it cannot be a note at all: a code.
    problem: str = ""


@dataclass(slots=True)
class NotesReading:
    """What a file holds, and how often it says what is not taken in."""

    records: list[NoteRecord]
    left_out: Counter[str] = field(default_factory=Counter)
    #: SHA-256 of the text of which the offsets speak, where the file tells it.
    text_sha256: str = ""
    #: The text of which the offsets speak, where the file holds it.
    text: str = ""


def clean(value: Any, most: int = 0) -> str:
    """Return words as a database can hold them, cut to `most` code points where that is said; "" for what is none."""
    if not isinstance(value, str):
        return ""
    words = value.replace("\x00", "")
    if any("\ud800" <= letter <= "\udfff" for letter in words):
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return words[:most] if most else words


def whole(value: Any) -> int | None:
    """Return a number of code points, or None for what is none."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 16:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**15:
        return None
    return value


def keep_answers(records: list[NoteRecord]) -> None:
    """Put what answers a note at its end, under who said it; the answers themselves are no notes then."""
    by_key = {record.key: record for record in records if record.key and not record.answers}
    above = {record.key: record.answers for record in records if record.answers}
    for record in records:
        if not record.answers:
            continue
        key, steps = record.answers, 0
        while key in above and steps < 50:
            key, steps = above[key], steps + 1
        begun = by_key.get(key)
        if begun is None or not record.body.strip():
            continue
        said = "\n".join(f"> {line}" for line in record.body.strip().split("\n"))
        begun.body = f"{begun.body}\n\n> {record.author or '—'}:\n>\n{said}".strip()
        begun.left_out.append("replies_kept")
        record.problem = "reply_kept"


def counted(records: list[NoteRecord]) -> list[NoteRecord]:
    """Return the notes of a file.

    Raises ImportRefused "no_notes", "too_many_notes".
    """
    if not records:
        raise ImportRefused("no_notes")
    if len(records) > MOST:
        raise ImportRefused("too_many_notes", most=MOST, found=len(records))
    return records
