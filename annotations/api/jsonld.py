"""Notes as W3C Web Annotations, going out; the position counts code points, as the standard asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from annotations.access.references import End, ReferenceFacts
from annotations.api.media_types import PROFILE
from annotations.api.reading import ApiNote
from annotations.enums import Category, LocusKind
from annotations.models import Term
from annotations.presenters.selectors import region_selector, time_selector
from archive.presenters.moments import utc


def context() -> list[Any]:
    """Return the words that an annotation uses: the standard's, and our own for what it has none for."""
    return [PROFILE, {"hashiya": f"{settings.PUBLIC_URL}/api/schema/#", "schema": "http://schema.org/"}]


def address(kind: str, public_id: str) -> str:
    """Return the lasting address of a thing in the API: "annotations", "texts", "terms"…"""
    return f"{settings.PUBLIC_URL}/api/{kind}/{public_id}/"


def note_address(public_id: str) -> str:
    """Return the lasting address of a note, at which the Web Annotation Protocol answers."""
    return f"{settings.PUBLIC_URL}/annotations/{public_id}"


def alone(value: dict[str, Any]) -> dict[str, Any]:
    """Return an annotation that stands by itself, with its context."""
    return {"@context": context(), **value}


def annotation(note: ApiNote) -> dict[str, Any]:
    """Return one note, without the context."""
    facts = note.facts
    bodies = [*_words(note), *(_tag(term) for term in facts.tags)]
    bodies += [_reference(reference) for reference in facts.references if not reference.inward]
    return {
        "id": note_address(facts.id), "type": "Annotation", "motivation": _motivation(note, bodies),
        "creator": {"id": f"urn:hashiya:person:{note.author}", "type": "Person", "name": facts.author},
        "created": utc(facts.created), "modified": utc(facts.updated), "target": _target(note),
        "hashiya:category": facts.category, "hashiya:status": note.status,
        "hashiya:visibility": facts.visibility, "hashiya:version": facts.version_id,
        "hashiya:sha256": facts.content_hash, **({"body": bodies} if bodies else {}), **note.elsewhere,
    }  # fmt: skip


def page_inside(collection: str, notes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the only page of a collection that holds it; it has no address of its own but that part of the whole."""
    return {
        "id": f"{collection}#page", "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": notes,
    }  # fmt: skip


def page(notes: list[dict[str, Any]], paginator: BasePagination, request: Request) -> dict[str, Any]:
    """Return a page of the collection that the address asks for."""
    here = paginator.page
    whole = request.build_absolute_uri(request.path)
    found = {
        "@context": context(), "id": request.build_absolute_uri(), "type": "AnnotationPage",
        "partOf": whole, "hashiya:total": here.paginator.count,
        "startIndex": here.start_index() - 1 if here.paginator.count else 0, "items": notes,
    }  # fmt: skip
    following = {"next": paginator.get_next_link(), "prev": paginator.get_previous_link()}
    return found | {name: link for name, link in following.items() if link}


def _motivation(note: ApiNote, bodies: list[dict[str, Any]]) -> str:
    if note.facts.category == Category.LINK:
        return "linking"
    if note.facts.body:
        return "commenting"
    return "tagging" if note.facts.tags else "linking" if bodies else "highlighting"


def _words(note: ApiNote) -> list[dict[str, Any]]:
    if not note.facts.body:
        return []
    return [
        {
            "type": "TextualBody", "value": note.facts.body, "format": "text/markdown",
            "language": note.facts.language, "purpose": "commenting",
        }
    ]  # fmt: skip


def _tag(term: Term) -> dict[str, Any]:
    names = {"ar": term.label_ar, "en": term.label_en}
    return {
        "type": "SpecificResource", "purpose": "tagging", "source": address("terms", term.public_id),
        "hashiya:kind": term.kind,
        "schema:name": [{"@value": name, "@language": code} for code, name in names.items() if name],
    }  # fmt: skip


def _reference(reference: ReferenceFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "SpecificResource", "purpose": "linking", "id": f"urn:hashiya:reference:{reference.id}",
        "hashiya:relation": reference.relation,
    }  # fmt: skip
    if reference.is_backwards != reference.inward:
        found["hashiya:inverse"] = True
    if reference.note:
        found["hashiya:note"] = reference.note
        if reference.note_language:
            found["hashiya:noteLanguage"] = reference.note_language
    return found | _far_end(reference.end)


def _far_end(end: End) -> dict[str, Any]:
    if end.citation is not None:
        named = {"schema:name": end.citation.get("title", ""), "hashiya:pages": end.citation.get("pages", "")}
        url = end.citation.get("url") or f"urn:hashiya:source:{quote(end.citation.get('title', ''))}"
        named["hashiya:csl"] = end.citation.get("csl") or ""
        return {"source": url} | {name: value for name, value in named.items() if value}
    if end.note:
        return {"source": note_address(end.note), "schema:name": str(end.title)}
    if not end.text:
        return {"source": f"{settings.PUBLIC_URL}{end.page}", "schema:name": str(end.title)}
    found: dict[str, Any] = {"source": address("texts", end.text), "schema:name": str(end.title)}
    if end.sits is not None and end.sits.start is not None:
        found["selector"] = _span(end.sits.start, end.sits.end or 0, end.sits.exact)
    return found


def _target(note: ApiNote) -> Any:
    locus, sits = note.locus, note.facts.sits
    found: dict[str, Any]
    if locus.kind == LocusKind.WEB:
        return locus.target
    if locus.kind == LocusKind.REGION:
        image = address("images", locus.image.public_id if locus.image else "")
        page = (locus.region or {}).get("page", 1)
        found = {"type": "SpecificResource", "source": image, "selector": region_selector(locus.region or {})}
        return found | ({"hashiya:page": page} if page > 1 else {})
    if locus.kind == LocusKind.TIME:
        video = address("videos", locus.video.public_id if locus.video else "")
        selector = time_selector(locus.start_time or 0, locus.end_time or 0)
        return {"type": "SpecificResource", "source": video, "selector": selector}
    text = address("texts", note.facts.text)
    if note.revision is not None:
        text += f"revisions/{note.revision}/"
    if sits is None:
        # Only what is selected by something is a specific resource.
        return {"id": text, "type": "Text"}
    quoted = {"type": "TextQuoteSelector", "exact": sits.exact, "prefix": sits.prefix, "suffix": sits.suffix}
    position = {"type": "TextPositionSelector", "start": sits.start, "end": sits.end}
    return {
        "type": "SpecificResource", "source": text, "hashiya:anchor": str(sits.status),
        "selector": [quoted] if sits.start is None else [position, quoted],
    }  # fmt: skip


def _span(start: int, end: int, exact: str) -> list[dict[str, Any]]:
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", "exact": exact},
    ]
