"""Described items in the words of schema.org, with Dublin Core's where schema.org has none: flat JSON-LD entities."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from archive.models import Collection, Image, Video
from archive.presenters.dublin_core import MAKERS, identifiers, people

#: Our words that stand beside schema.org's.
DUBLIN_CORE = "http://purl.org/dc/terms/"
_TYPES: dict[type, str] = {Collection: "Collection", Image: "ImageObject", Video: "VideoObject"}
_KINDS = {"article": "Article", "book": "Book", "letter": "Message", "recording": "AudioObject"}

Entity = dict[str, Any]
#: Gives the id under which an item is named.
Named = Callable[[Any], str]


def entities(item: Any, named: Named, *, within: Any = None) -> list[Entity]:
    """Return the entity of an item and those of its creators; `within` is the collection around it."""
    credited = [(_person(name), role) for name, role in people(item)]
    found: Entity = {
        "@id": named(item), "@type": _TYPES.get(type(item)) or _KINDS.get(item.kind, "CreativeWork"),
        "name": _both(item, "title") or item.public_id, "description": _both(item, "description"),
        "creator": [_ref(person["@id"]) for person, role in credited if role.strip().casefold() in MAKERS],
        "contributor": [_ref(person["@id"]) for person, role in credited if role.strip().casefold() not in MAKERS],
        "dateCreated": item.date_edtf, "license": _ref(item.rights_uri) if item.rights_uri else None,
        "copyrightNotice": _both(item, "rights_holder"),
        "identifier": [item.public_id, *(f"{scheme}:{value}" if scheme else value for scheme, value in identifiers(item))],
        "inLanguage": getattr(item, "language", ""), "isPartOf": _ref(named(within)) if within else None,
        "caption": _both(item, "alternative"), "contentUrl": getattr(item, "url", ""),
        "dcterms:provenance": _both(item, "provenance"), "contentRating": _both(item, "content_warning"),
        "dcterms:accessRights": item.access,
    }  # fmt: skip
    return [{name: value for name, value in found.items() if value}, *(person for person, _role in credited)]


def _ref(address: str) -> dict[str, str]:
    return {"@id": address}


def _person(name: str) -> Entity:
    """Return a person, who is known by the name alone: equal names are told as one."""
    return {
        "@id": f"#person-{hashlib.sha256(name.encode()).hexdigest()[:12]}",
        "@type": "Person",
        "name": name,
    }


def _both(item: Any, column: str) -> list[dict[str, str]]:
    words = {code: getattr(item, f"{column}_{code}", "") or "" for code in ("ar", "en")}
    return [{"@value": text, "@language": code} for code, text in words.items() if text]
