"""Offsets made quotes with the text that they count, whatever they count it in."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from annotations.exchange.notes.records import NoteRecord, NotesReading, clean
from archive.importers.decoding import decode

#: Code points of context that are taken with a quote.
CONTEXT = 60


def with_quotes(reading: NotesReading, base: bytes) -> None:
    """Give each note of a file that has offsets and no words those that stand there in the text they count.

    Letters beyond the first 65,536 count twice where the other notes of the file, or nothing, say so: that is how
    the systems count whose files these are. Raises ImportRefused as `decode` does.
    """
    text = clean(decode(base).text)
    wide = _wide(text) if any(ord(letter) > 0xFFFF for letter in text) else None
    if wide and _counts_points(reading.records, text):
        wide = None
    for record in reading.records:
        if record.exact or record.start is None or record.end is None:
            continue
        start, end = (
            (bisect_left(wide, record.start), bisect_left(wide, record.end))
            if wide
            else (record.start, record.end)
        )
        if start < end <= len(text):
            record.exact = text[start:end]
            record.prefix, record.suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def _wide(text: str) -> list[int]:
    """Return the offset of each letter in UTF-16, and that of the end."""
    return [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]


def _counts_points(records: list[NoteRecord], text: str) -> bool:
    """Whether the notes that have words have them at their code points."""
    told = [one for one in records if one.exact and one.start is not None]
    return bool(told) and all(text.startswith(one.exact, one.start) for one in told)
