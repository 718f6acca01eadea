"""A snapshot in, a stream of bytes out; each format is a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.exports import csv_notes, jsonld, plain, snapshot_json
from annotations.exports.given import Given


@dataclass(frozen=True, slots=True)
class Export:
    """One format: how it is written, what it is called on the wire and on a disk."""

    write: Callable[[Given], Iterator[bytes]]
    media_type: str
    ending: str


FORMATS = {
    "jsonld": Export(
        jsonld.write, 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "jsonld"
    ),
    "text": Export(plain.write, "text/plain; charset=utf-8", "txt"),
    "csv": Export(csv_notes.write, "text/csv; charset=utf-8", "csv"),
    "json": Export(snapshot_json.write, "application/json", "json"),
}

__all__ = ["FORMATS", "Export", "Given"]
