"""Described items in the words of schema.org, with Dublin Core's where schema.org has none: flat JSON-LD entities."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from archive.models import Collection, Image, Video
from archive.presenters.details import MODS
from archive.presenters.dublin_core import MAKERS, identifiers, people
from archive.text.details import places_of, said, statements

#: Our words that stand beside schema.org's.
DUBLIN_CORE = "http://purl.org/dc/terms/"
_TYPES: dict[type, str] = {Collection: "Collection", Image: "ImageObject", Video: "VideoObject"}
_KINDS = {"article": "Article", "book": "Book", "letter": "Message", "recording": "AudioObject"}

#: Details of which schema.org has a word.
_DETAILS = {
    "issued": "datePublished", "edition": "bookEdition", "extent": "materialExtent", "form": "material",
    "genre": "genre", "subject": "keywords",
}  # fmt: skip

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
        "spatialCoverage": [_place(*each) for each in places_of(item)], **_detailed(item), "isPartOf": _ref(named(within)) if within else None,
        "caption": _both(item, "alternative"), "contentUrl": getattr(item, "url", ""),
        "dcterms:provenance": _both(item, "provenance"), "contentRating": _both(item, "content_warning"),
        "dcterms:accessRights": item.access,
    }  # fmt: skip
    return [{name: value for name, value in found.items() if value}, *(person for person, _role in credited)]


def _detailed(item: Any) -> Entity:
    """Return the further details: in schema.org's words where it has one, else under the element of MODS that they are."""
    tongues = [each for each in (getattr(item, "language", ""), *said(item, "language")) if each]
    told: Entity = {name: said(item, term) for term, name in _DETAILS.items()}
    told["publisher"] = [{"@type": "Organization", "name": name} for name in said(item, "publisher")]
    told["inLanguage"] = tongues if len(tongues) > 1 else "".join(tongues)
    told["additionalProperty"] = [
        {"@type": "PropertyValue", "propertyID": f"mods:{MODS[term]}", "value": words}
        for term, words in statements(item.details)
        if term not in {*_DETAILS, "publisher", "language"}
    ]
    return told


def _place(name: str, role: str) -> Entity:
    return {"@type": "Place", "name": name} | ({"description": role} if role else {})


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
