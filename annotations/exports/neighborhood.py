"""References around one thing as CSV and as JSON-LD, row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from annotations.exports.csv_notes import safe_cell
from annotations.presenters.neighborhood import Node, Tie

COLUMNS = (
    "id",
    "direction",
    "relation",
    "relation_label",
    "here",
    "here_url",
    "there_kind",
    "there",
    "there_url",
    "note",
)


def csv_lines(ties: Iterable[Tie], *, site: str) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark; no cell can be read as a formula."""
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for tie in ties:
        yield _line((
            tie.id, tie.direction, tie.relation, tie.label, _plain(tie.here.label), _whole(tie.here.url, site), tie.there.kind,
            _plain(tie.there.label), _whole(tie.there.url, site), tie.note,
        ))  # fmt: skip


def _line(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([safe_cell(cell) for cell in cells])
    return line.getvalue().encode()


def _plain(words: str) -> str:
    """Return words without the marks that keep directions apart on a page."""
    return words.translate({ord(mark): None for mark in "\u2066\u2067\u2068\u2069"})


def _whole(url: str, site: str) -> str:
    return f"{site}{url}" if url.startswith("/") else url


def jsonld_lines(ties: Iterable[Tie], *, address: str, label: str, site: str) -> Iterator[bytes]:
    """Yield one W3C annotation collection, each reference an annotation whose motivation is linking.

    `address` is where it is got, with what narrows it: the name of the collection.
    """
    head: dict[str, Any] = {
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {"hashiya": f"{site}/api/schema/#", "schema": "http://schema.org/"},
        ],
        "id": address, "type": "AnnotationCollection", "label": label,
    }  # fmt: skip
    page = {"id": f"{address}#page", "type": "AnnotationPage", "partOf": address, "startIndex": 0}
    opened, inside = (json.dumps(one, ensure_ascii=False)[:-1] for one in (head, page))
    yield f'{opened}, "first": {inside}, "items": ['.encode()
    for index, tie in enumerate(ties):
        yield (",\n" if index else "\n").encode() + json.dumps(
            _linking(tie, site), ensure_ascii=False
        ).encode()
    yield b"\n]}}\n"


def _linking(tie: Tie, site: str) -> dict[str, Any]:
    source, target = (tie.here, tie.there) if tie.direction == "out" else (tie.there, tie.here)
    # The note that makes the reference is its source, whichever way the relation is read.
    is_inverse = tie.is_backwards != (tie.direction == "in")
    found: dict[str, Any] = {
        "id": f"urn:hashiya:reference:{tie.id}", "type": "Annotation", "motivation": "linking",
        "target": _end(source, site), "body": _end(target, site), "hashiya:relation": tie.relation,
    }  # fmt: skip
    if tie.words is not None:
        found["hashiya:relationName"] = _values(tie.words.inverse if is_inverse else tie.words.name)
    if is_inverse:
        found["hashiya:inverse"] = True
    if tie.note:
        language = {"@language": tie.note_language} if tie.note_language else {}
        found["hashiya:note"] = {"@value": tie.note, **language}
    return found


def _values(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": value, "@language": code} for code, value in words.items() if value]


def _end(node: Node, site: str) -> dict[str, str]:
    return {
        "id": node.iri or _whole(node.url, site) or f"urn:hashiya:source:{quote(node.title)}",
        "schema:name": _plain(node.label),
    }
