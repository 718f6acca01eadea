"""The formats of notes that are read, each an entry; and which of them a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotations.exchange.notes.catma import is_catma, read_catma
from annotations.exchange.notes.catma_tei import read_catma_tei
from annotations.exchange.notes.hypothesis import is_hypothesis, read_hypothesis, read_hypothesis_table
from annotations.exchange.notes.json_files import read_json
from annotations.exchange.notes.own import is_own, read_own
from annotations.exchange.notes.recogito import read_recogito
from annotations.exchange.notes.records import MOST_BYTES, NotesReading
from annotations.exchange.notes.tables import folded
from annotations.exchange.notes.tei import read_tei
from annotations.exchange.notes.w3c import is_w3c, read_w3c
from archive.errors import ImportRefused, Invalid
from archive.importers.tables import Table, read_table


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which notes are written down."""

    code: str
    #: What people call it; a name that is the same in every language.
    name: str
    read: Callable[[bytes], NotesReading]


def _of_table(read: Callable[[Table], NotesReading]) -> Callable[[bytes], NotesReading]:
    return lambda data: read(read_table(data))


FORMATS: Mapping[str, Format] = {
    each.code: each
    for each in (
        Format("w3c", "W3C Web Annotation (JSON-LD)", read_w3c),
        Format("hypothesis", "Hypothesis (JSON)", read_hypothesis),
        Format("hypothesis-csv", "Hypothesis (CSV)", _of_table(read_hypothesis_table)),
        Format("recogito", "Recogito (CSV)", _of_table(read_recogito)),
        Format("catma", "CATMA (CSV)", _of_table(read_catma)),
        Format("catma-tei", "CATMA (TEI)", read_catma_tei),
        Format("tei", "TEI stand-off", read_tei),
        Format("own", "Hashiya (CSV)", _of_table(read_own)),
    )
}


def read_notes(data: bytes, *, form: str = "") -> tuple[str, NotesReading]:
    """Return the format of a file, and its notes.

    Raises ImportRefused "too_large", "notes_format" when it is none of `FORMATS`, and what the format raises;
    Invalid("choice_unknown") for a `form` that is none.
    """
    if len(data) > MOST_BYTES:
        raise ImportRefused("too_large", limit_mb=MOST_BYTES // 1024**2)
    if form and form not in FORMATS:
        raise Invalid("choice_unknown", field="format")
    form = form or recognized(data)
    return form, FORMATS[form].read(data)


def recognized(data: bytes) -> str:
    """Return the code of the format that a file is in; raises ImportRefused."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = (
        data[:400].replace(b"\x00", b"")[2:] if wide else data[:400].removeprefix(b"\xef\xbb\xbf")
    ).lstrip()
    if not head:
        raise ImportRefused("no_notes")
    if head[:1] in b"[{":
        return _of_json(data)
    if head[:1] == b"<":
        return "catma-tei" if b'type="catma"' in data or b"CATMA_TECH_DESC" in data else "tei"
    return _of_heads({folded(header) for header in read_table(data).headers})


def _of_json(data: bytes) -> str:
    given = read_json(data)
    if is_hypothesis(given):
        return "hypothesis"
    if is_w3c(given):
        return "w3c"
    raise ImportRefused("notes_format")


def _of_heads(heads: set[str]) -> str:
    if {"quote transcription", "anchor"} <= heads:
        return "recogito"
    if is_own(heads):
        return "own"
    if is_catma(heads):
        return "catma"
    if heads & {"quote", "exact"} and heads & {"url", "uri", "user", "author", "comment"}:
        return "hypothesis-csv"
    raise ImportRefused("notes_format")
