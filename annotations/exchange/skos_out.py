"""A vocabulary as SKOS, in Turtle or JSON-LD, written entry by entry: files of any size, and the same twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.authorities import iri_of
from annotations.exchange.names import CLASSES, MATCHES, PREFIXES
from annotations.exchange.records import TermRecord

#: A property with its values, each an IRI, or (words, language), or (words, "^", datatype).
Statement = tuple[str, list[Any]]
_RELATIONS = {relation: name for name, relation in MATCHES.items()}
_FORMS = {"preferred": "skos:prefLabel", "alternative": "skos:altLabel", "hidden": "skos:hiddenLabel"}


def turtle(records: Iterable[TermRecord], *, scheme: str, title: str) -> Iterator[str]:
    """Yield Turtle; the records' keys and broader keys are IRIs."""
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    yield f"\n{_iri(scheme)} a skos:ConceptScheme ;\n    dct:title {_quoted(title)} .\n"
    for record in records:
        lines = [
            f"    {name} {', '.join(_turtle_value(value) for value in values)}"
            for name, values in statements(record, scheme)
        ]
        yield f"\n{_iri(record.key)} " + " ;\n".join(lines).lstrip() + " .\n"


def json_ld(records: Iterable[TermRecord], *, scheme: str, title: str) -> Iterator[str]:
    """Yield JSON-LD, whose context is within: nobody has to fetch one to read it."""
    context = json.dumps(PREFIXES, ensure_ascii=False)
    head = {"@id": scheme, "@type": "skos:ConceptScheme", "dct:title": title}
    yield f'{{"@context": {context}, "@graph": [\n{json.dumps(head, ensure_ascii=False)}'
    for record in records:
        row: dict[str, Any] = {"@id": record.key}
        for name, values in statements(record, scheme):
            key = "@type" if name == "a" else name
            row[key] = [_json_value(value, is_type=name == "a") for value in values]
        yield f",\n{json.dumps(row, ensure_ascii=False)}"
    yield "\n]}\n"


def statements(record: TermRecord, scheme: str) -> Iterator[Statement]:
    """Yield what is said of an entry, in one order."""
    types = ["skos:Concept"] + ([f"schema:{CLASSES[record.kind]}"] if record.kind in CLASSES else [])
    yield "a", [("name", name) for name in types]
    yield "skos:inScheme", [scheme]
    yield "dct:type", [(record.kind, "")]
    named: dict[str, list[Any]] = {}
    for words, language in ((record.label_ar, "ar"), (record.label_en, "en")):
        if words:
            named.setdefault("skos:prefLabel", []).append((words, language))
    for name in record.names:
        named.setdefault(_FORMS[name.form], []).append((name.name, name.language))
    yield from named.items()
    for prefix, field in (("skos:definition", "description"), ("skos:scopeNote", "scope_note")):
        words_of = [(words, code) for code in ("ar", "en") if (words := getattr(record, f"{field}_{code}"))]
        if words_of:
            yield prefix, words_of
    if record.notation:
        yield "skos:notation", [(record.notation, "")]
    if record.broader:
        yield "skos:broader", [record.broader]
    yield from _links(record).items()
    if record.latitude is not None and record.longitude is not None:
        yield "geo:lat", [(repr(record.latitude), "^", "xsd:double")]
        yield "geo:long", [(repr(record.longitude), "^", "xsd:double")]
    if record.date_edtf:
        yield "dct:date", [(record.date_edtf, "^", "edtf:EDTF")]
    if record.slug:
        yield "dct:identifier", [(record.slug, "")]


def _links(record: TermRecord) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for code, value in record.authority.items():
        iri = iri_of(code, value)
        if iri:
            found.setdefault("skos:exactMatch", []).append(iri)
    for match in record.matches:
        found.setdefault(f"skos:{_RELATIONS[match.relation]}", []).append(match.url)
    return found


def _turtle_value(value: Any) -> str:
    if isinstance(value, str):
        return _iri(value)
    if value[0] == "name":
        return str(value[1])
    if value[1] == "^":
        return f"{_quoted(value[0])}^^{value[2]}"
    return _quoted(value[0]) + (f"@{value[1]}" if value[1] else "")


def _json_value(value: Any, *, is_type: bool) -> Any:
    if isinstance(value, str):
        return {"@id": value}
    if is_type:
        return value[1]
    if value[1] == "^":
        return {"@value": value[0], "@type": value[2]}
    return {"@value": value[0], "@language": value[1]} if value[1] else {"@value": value[0]}


def _iri(iri: str) -> str:
    """Return an IRI as Turtle writes it; what none may hold is escaped."""
    return "<" + "".join(f"\\u{ord(c):04X}" if c <= " " or c in '<>"{}|^`\\' else c for c in iri) + ">"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(words: str) -> str:
    return '"' + "".join(_ESCAPES.get(c, f"\\u{ord(c):04X}" if c < " " else c) for c in words) + '"'
