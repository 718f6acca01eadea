"""SKOS read from Turtle or JSON-LD, without ever asking another site for anything."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import rdflib
from rdflib.namespace import OWL, RDF, SKOS
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.term import BNode, Literal, URIRef

from annotations.authorities import recognized
from annotations.enums import NameForm, TermKind
from annotations.exchange.names import KINDS_OF, LABELS, MATCHES
from annotations.exchange.records import MOST, Reading, TermRecord
from annotations.values import Match, Name
from archive.errors import ImportRefused
from archive.text.json_input import DEEPEST, depth

#: Bytes of a file.
MOST_BYTES = 10 * 1024 * 1024
#: Statements of a file.
MOST_STATEMENTS = 400_000
GEO = rdflib.Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SCHEMA_DATES = (DCT.date, DCT.temporal, DCT.issued)
_ARABIC = range(0x0600, 0x0780)


def _refuse_fetch(*_args: Any, **_options: Any) -> Any:
    raise ImportRefused("remote_context", address="")


# The library fetches contexts that are named by address. What is read here was looked through before; should
# anything slip through that, it meets this.
Context._fetch_context = _refuse_fetch  # type: ignore[method-assign]


def read_skos(data: bytes, *, form: str, kind: str = TermKind.CONCEPT) -> Reading:
    """Return the concepts of a file in "turtle" or "json-ld"; `kind` is that of entries that say none.

    Raises ImportRefused: "too_large", "not_text", "rdf_broken" with what the parser says, "rdf_deep",
    "remote_context" with the address, "no_concepts", "too_many_terms".
    """
    if len(data) > MOST_BYTES:
        raise ImportRefused("too_large", limit_mb=MOST_BYTES // 1024**2)
    graph = _graph(data, form)
    if len(graph) > MOST_STATEMENTS:
        raise ImportRefused("too_many_terms", most=MOST)
    concepts = sorted(
        {node for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}
        | {node for node in graph.subjects(SKOS.prefLabel) if isinstance(node, URIRef)} - set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    )  # fmt: skip
    if not concepts:
        raise ImportRefused("no_concepts")
    if len(concepts) > MOST:
        raise ImportRefused("too_many_terms", most=MOST)
    left_out: Counter[str] = Counter()
    above = _above(graph, set(concepts), left_out)
    records = [
        _record(graph, node, place, kind, above.get(node, ""), left_out)
        for place, node in enumerate(concepts, start=1)
    ]
    blank = sum(isinstance(node, BNode) for node in graph.subjects(RDF.type, SKOS.Concept))
    if blank:
        left_out["skos:Concept _:"] += blank
    return Reading(records, left_out)


def _graph(data: bytes, form: str) -> rdflib.Graph:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused("not_text") from error
    data_of = _looked_through(text) if form == "json-ld" else None
    graph = rdflib.Graph(bind_namespaces="none")
    try:
        if form == "json-ld":
            to_rdf(data_of, graph, base="urn:x-file:")
        else:
            graph.parse(data=text, format=form, publicID="urn:x-file:")
    except ImportRefused:
        raise
    except RecursionError as error:
        raise ImportRefused("rdf_deep") from error
    except Exception as error:
        raise ImportRefused("rdf_broken", said=_said(error)) from error
    return graph


def _said(error: Exception) -> str:
    """Return what a parser says, in one short line."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def _looked_through(text: str) -> Any:
    """Return the JSON; refuse what is nested too deep, and any context that would have to be fetched."""
    if depth(text.encode()) > DEEPEST:
        raise ImportRefused("rdf_deep")
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ImportRefused("rdf_broken", said=_said(error)) from error
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            for name, value in node.items():
                if name in ("@context", "@import"):
                    _refuse_addresses(value)
                waiting.append(value)
    return data


def _refuse_addresses(context: Any) -> None:
    for one in context if isinstance(context, list) else [context]:
        if isinstance(one, str):
            raise ImportRefused("remote_context", address=one[:200])


def _above(graph: rdflib.Graph, concepts: set[URIRef], left_out: Counter[str]) -> dict[URIRef, str]:
    """Return the one broader concept of each; of several the first by name, the others are told."""
    found: dict[URIRef, set[str]] = {}
    for node, broader in graph.subject_objects(SKOS.broader):
        if isinstance(node, URIRef) and isinstance(broader, URIRef):
            found.setdefault(node, set()).add(str(broader))
    for node, narrower in graph.subject_objects(SKOS.narrower):
        if isinstance(narrower, URIRef) and isinstance(node, URIRef):
            found.setdefault(narrower, set()).add(str(node))
    known = {str(node) for node in concepts}
    chosen = {}
    for node, several in found.items():
        # One that the file itself holds comes first.
        first, *others = sorted(several, key=lambda iri: (iri not in known, iri))
        chosen[node] = first
        if others:
            left_out["skos:broader"] += len(others)
    return chosen


def _record(
    graph: rdflib.Graph, node: URIRef, place: int, kind: str, broader: str, left_out: Counter[str]
) -> TermRecord:
    record = TermRecord(key=str(node), place=place, broader=broader)
    types: list[str] = []
    for predicate, value in sorted(
        graph.predicate_objects(node), key=lambda pair: (str(pair[0]), str(pair[1]))
    ):
        name = str(predicate)
        short = name.removeprefix(str(SKOS)) if name.startswith(str(SKOS)) else ""
        if short in LABELS and isinstance(value, Literal):
            _label(record, short, value)
        elif short in ("definition", "scopeNote") and isinstance(value, Literal):
            _note(record, short, value, left_out)
        elif short == "notation":
            record.notation = record.notation or str(value).strip()
        elif short in MATCHES or predicate == OWL.sameAs:
            _link(record, MATCHES.get(short, "exact"), str(value))
        elif predicate == RDF.type:
            types.append(str(value))
        elif predicate == DCT.type:
            record.kind = str(value) if str(value) in set(TermKind) else record.kind
        elif predicate in (GEO.lat, GEO.long):
            _number(record, "latitude" if predicate == GEO.lat else "longitude", str(value))
        elif predicate in SCHEMA_DATES and isinstance(value, Literal):
            record.date_edtf = record.date_edtf or str(value).strip()
        elif predicate == DCT.identifier:
            record.slug = record.slug or str(value).strip()
        elif short not in ("broader", "narrower", "inScheme", "topConceptOf"):
            left_out[graph.namespace_manager.normalizeUri(name) if short == "" else f"skos:{short}"] += 1
    record.kind = record.kind or _kind(types, record) or str(kind)
    return record


def _kind(types: list[str], record: TermRecord) -> str:
    for one in types:
        found = KINDS_OF.get(one.replace("#", "/").rsplit("/", 1)[-1].lower())
        if found:
            return found
    return TermKind.PLACE if record.latitude is not None else ""


def _label(record: TermRecord, short: str, value: Literal) -> None:
    words, form = str(value).strip(), LABELS[short]
    language = value.language or ("ar" if any(ord(c) in _ARABIC for c in words) else "en")
    base = language.lower()
    if not words:
        return
    for code in ("ar", "en"):
        field = f"label_{code}"
        if form == "preferred" and base == code and not getattr(record, field):
            setattr(record, field, words)
            return
    if form == "preferred" and base in ("ar", "en"):
        form = "alternative"
    record.names.append(Name(language, words, NameForm(form)))


def _note(record: TermRecord, short: str, value: Literal, left_out: Counter[str]) -> None:
    words = str(value).strip()
    language = (
        (value.language or ("ar" if any(ord(c) in _ARABIC for c in words) else "en")).split("-")[0].lower()
    )
    field = f"{'description' if short == 'definition' else 'scope_note'}_{language}"
    if language not in ("ar", "en"):
        left_out[f"skos:{short} @{language}"] += 1
        return
    before = getattr(record, field)
    setattr(record, field, f"{before}\n\n{words}" if before else words)


def _link(record: TermRecord, relation: str, address: str) -> None:
    known = recognized(address)
    if known and relation == "exact" and known[0] not in record.authority:
        record.authority[known[0]] = known[1]
    else:
        record.matches.append(Match(relation, address))


def _number(record: TermRecord, field: str, words: str) -> None:
    try:
        setattr(record, field, float(words))
    except ValueError:
        record.problem = ("coordinates_range", field)
