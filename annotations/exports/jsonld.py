"""W3C Web Annotation: one collection with every note of the release, written note by note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from annotations.citing.crediting import Credit, orcid_address, orcid_in, role_address, roles_in
from annotations.editions.parts import own_place, span_in
from annotations.editions.values import MediaPlace, Note, Place, Reference, TermFacts
from annotations.enums import LocusKind
from annotations.exports.given import Given
from annotations.presenters.selectors import region_selector, selector_of, time_selector
from archive.presenters.moments import utc

ANNO = "http://www.w3.org/ns/anno.jsonld"
_MOTIVATION = {"link": "linking"}


def write(given: Given) -> Iterator[bytes]:
    """Yield an AnnotationCollection whose first and only page holds all notes, in their order."""
    head = _dump({**collection(given), "first": "\x00"})
    before, after = head.split('"\\u0000"')
    yield before.encode()
    page = _dump({**_page(given), "items": "\x00"})
    start, end = page.split('"\\u0000"')
    yield start.encode() + b"["
    terms = {term.id: term for term in given.snapshot.terms}
    names = {person.id: person.name for person in given.snapshot.authors}
    for index, note in enumerate(filter(given.shows_note, given.snapshot.notes)):
        yield (b",\n" if index else b"\n") + _dump(annotation(given, note, terms, names)).encode()
    yield b"\n]" + end.encode() + after.encode() + b"\n"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x00", "\\u0000")


def collection(given: Given) -> dict[str, Any]:
    """Return the collection without its page."""
    snapshot = given.snapshot
    found: dict[str, Any] = {
        "@context": [ANNO, {"hashiya": f"{given.address}#", "schema": "http://schema.org/"}],
        "id": f"{given.address}annotations", "type": "AnnotationCollection",
        # The model's own tests ask for bare strings here, so that the languages are told beside them.
        "label": [text for text in snapshot.title.values() if text],
        "schema:name": [_label(text, code) for code, text in snapshot.title.items() if text],
        "total": sum(map(given.shows_note, snapshot.notes)), "rights": snapshot.license,
        "creator": [_person(person.id, person.name) for person in snapshot.authors],
        "hashiya:release": given.address, "hashiya:number": snapshot.number,
        "hashiya:sha256": given.manifest_hash,
    }  # fmt: skip
    if snapshot.credits:
        found["schema:contributor"] = [_credited(credit) for credit in snapshot.credits]
    if given.published:
        found["dcterms:issued"] = given.published
    return found


def _label(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _person(ident: str, name: str) -> dict[str, str]:
    return {"id": f"urn:hashiya:person:{ident}", "type": "Person", "name": name}


def _credited(credit: Credit) -> dict[str, Any]:
    """Return who is credited with the edition, in the words of schema.org: each role as it was put, or by its address."""
    names = {code: str(credit.get(f"name_{code}") or "") for code in ("ar", "en")}
    person: dict[str, Any] = {"type": "schema:Person", "schema:name": str(credit.get("name") or "")}
    if any(names.values()):
        person["schema:alternateName"] = [_label(name, code) for code, name in names.items() if name]
    if orcid := orcid_in(credit):
        address = orcid_address(orcid)
        person |= {"id": address, "schema:sameAs": address, "schema:identifier": f"ORCID {orcid}"}
    roles = [*filter(None, [str(credit.get("role") or "")]), *map(role_address, roles_in(credit))]
    return {"type": "schema:Role", "schema:roleName": roles, "schema:contributor": person}


def _page(given: Given) -> dict[str, Any]:
    return {
        "id": f"{given.address}annotations?page=0", "type": "AnnotationPage",
        "partOf": f"{given.address}annotations", "startIndex": 0,
    }  # fmt: skip


def annotation(
    given: Given, note: Note, terms: dict[str, TermFacts], names: dict[str, str]
) -> dict[str, Any]:
    """Return one note."""
    bodies = [*_words(note), *(_tag(terms[tag]) for tag in note.tags)]
    bodies += [body for reference in note.references if (body := _reference(given, reference))]
    found: dict[str, Any] = {
        "id": f"{given.address}annotations/{note.id}", "type": "Annotation",
        "motivation": _motivation(note, bodies), **({"body": bodies} if bodies else {}),
        "target": _media_target(given, note.place)
        if note.place
        else {"type": "SpecificResource", "source": source(given, note), "selector": selectors(given, note)},
        "creator": _person(note.author, names.get(note.author, "")), "hashiya:number": note.number,
        "hashiya:category": note.category, "hashiya:version": note.version_number,
        "hashiya:sha256": note.content_hash, "hashiya:release": given.address,
    }  # fmt: skip
    return found


def _media_target(given: Given, place: MediaPlace) -> dict[str, Any]:
    """Return the part of a picture or a film, and the bytes in which the release has it."""
    kind, ident = place.member
    found: dict[str, Any] = {
        "type": "SpecificResource",
        "source": {"id": f"urn:hashiya:{kind}:{ident}", "type": "Image" if kind == "image" else "Video"},
        "selector": selector_of(place), "state": _state(given, place),
    }  # fmt: skip
    if kind == "image":
        found |= {"hashiya:width": place.width, "hashiya:height": place.height}
        found |= {"hashiya:page": place.page} if place.page > 1 else {}
    else:
        film = next((film for film in given.snapshot.films if film.id == ident), None)
        if film and film.url:
            found["source"]["schema:url"] = film.url
    return found


def _state(given: Given, place: MediaPlace) -> dict[str, Any]:
    """Return which bytes a picture or a film has in the release; it has a name, as states of our own kind must have."""
    kind, ident = place.member
    part = f"{kind}-{ident}" + (f"-{place.page}" if place.page > 1 else "")
    found: dict[str, Any] = {
        "id": f"{given.address}#{part}", "type": "hashiya:ReleasedState", "hashiya:release": given.manifest_hash,
    }  # fmt: skip
    if place.sha256:
        found |= {"hashiya:sha256": place.sha256, "hashiya:mediaType": place.media_type}
    if kept := _kept_copy(given, place):
        found["cached"] = kept
        if given.sealed:
            found |= {"type": "TimeState", "sourceDate": utc(datetime.fromisoformat(given.sealed))}
    return found


def _kept_copy(given: Given, place: MediaPlace) -> str:
    """Return the address of the picture's bytes in the release; empty where it has no such file."""
    snapshot = given.snapshot
    files = (file for row in snapshot.all_pictures if ("image", row.id) == place.member for file in row.files)
    return next((f"{given.address}files/{file.name}" for file in files if file.sha256 == place.sha256), "")


def source(given: Given, note: Note) -> str:
    """Return the name of the pinned wording that a note is on: of an edition of several parts, that of its own."""
    text, revision, _span = own_place(given.snapshot, note.start, note.end)
    return _wording(given, text, revision)


def _wording(given: Given, text: str, revision: int) -> str:
    return f"{given.address}#text-{text}-{revision}"


def selectors(given: Given, note: Note) -> list[dict[str, Any]]:
    """Return position (in code points of what `source` names) and quote; either finds the passage."""
    _text, _revision, (start, end) = own_place(given.snapshot, note.start, note.end)
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": note.exact, "prefix": note.prefix, "suffix": note.suffix},
    ]


def _motivation(note: Note, bodies: list[dict[str, Any]]) -> str:
    if note.body:
        return _MOTIVATION.get(note.category, "commenting")
    return "linking" if note.references else "tagging" if bodies else "highlighting"


def _words(note: Note) -> list[dict[str, Any]]:
    if not note.body:
        return []
    return [
        {
            "type": "TextualBody", "value": note.body, "format": "text/markdown", "language": note.language,
            "purpose": "commenting",
        }
    ]  # fmt: skip


def _tag(term: TermFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "SpecificResource", "purpose": "tagging", "source": f"urn:hashiya:term:{term.id}",
        "hashiya:kind": term.kind,
        "schema:name": [_label(text, code) for code, text in term.label.items() if text],
    }  # fmt: skip
    if term.latitude is not None:
        found["schema:geo"] = {"schema:latitude": term.latitude, "schema:longitude": term.longitude}
    if term.date:
        found["schema:temporalCoverage"] = term.date
    if term.authority:
        found["schema:sameAs"] = dict(term.authority)
    return found


def _reference(given: Given, reference: Reference) -> dict[str, Any] | None:
    found: dict[str, Any] = {"type": "SpecificResource", "purpose": "linking"}
    found["hashiya:relation"] = reference.relation
    if reference.is_inverse:
        found["hashiya:inverse"] = True
    if reference.note:
        found["hashiya:note"] = reference.note
    if reference.note_language:
        found["hashiya:noteLanguage"] = reference.note_language
    if reference.target is None:
        citation = reference.citation or {}
        found["source"] = citation.get("url") or f"urn:hashiya:citation:{reference.id}"
        found["schema:name"] = citation.get("title", "")
        found |= {f"hashiya:{name}": citation[name] for name in ("pages", "csl") if citation.get(name)}
        return found
    if not given.shows_place(reference.target):
        return None
    place = reference.target
    is_here = span_in(given.snapshot, place) is not None
    # A passage of the edition's own wording has the address that the targets of its notes have.
    found["source"] = (
        _wording(given, place.text, place.revision)
        if is_here
        else f"urn:hashiya:{place.member[0]}:{place.member[1]}"
    )
    found["schema:name"] = [_label(text, code) for code, text in place.label.items() if text]
    selector = _place_selector(place)
    if selector:
        found["selector"] = selector
    if (page := (place.region or {}).get("page", 1)) > 1:
        found["hashiya:page"] = page
    return found


def _place_selector(place: Place) -> list[dict[str, Any]] | dict[str, Any] | None:
    if place.kind == LocusKind.TEXT and place.start is not None:
        return [
            {"type": "TextPositionSelector", "start": place.start, "end": place.end},
            {"type": "TextQuoteSelector", "exact": place.exact},
        ]
    if place.kind == LocusKind.TIME and place.start_time is not None:
        return time_selector(place.start_time, place.end_time or place.start_time)
    if place.kind == LocusKind.REGION and place.region:
        return region_selector(place.region)
    return None
