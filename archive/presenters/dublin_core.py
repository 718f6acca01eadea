"""A described item in the fifteen words of Dublin Core, for harvesters and packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from archive.models import Image, Video
from archive.text.details import places_of, statements

#: Roles whose bearer made the thing; with any other, one contributed to it.
MAKERS = frozenset(
    {"", "author", "creator", "photographer", "artist", "writer", "مؤلف", "المؤلف", "كاتب", "مصور", "رسام"}
)
#: The words of the DCMI type vocabulary.
_TYPES = {Image: "StillImage", Video: "MovingImage"}


#: Under which word each detail is told.
_DETAILS = {
    "language": "language", "publisher": "publisher", "published_in": "publisher", "issued": "date",
    "edition": "description", "extent": "format", "form": "format", "genre": "type", "subject": "subject",
    "series": "relation", "related": "relation", "contents": "description", "audience": "description",
    "location": "source", "note": "description",
}  # fmt: skip


class Element(NamedTuple):
    """One statement: the element's name, its words, and their language where it is known."""

    name: str
    words: str
    language: str = ""


def elements(item: Any, address: str) -> list[Element]:
    """Return what Dublin Core can say of an item whose page has this address; nothing of who may see it."""
    return [element for element in _elements(item, address) if element.words.strip()]


def _elements(item: Any, address: str) -> Iterator[Element]:
    yield from _both(item, "title", "title")
    for name, role in people(item):
        yield Element("creator" if role.strip().casefold() in MAKERS else "contributor", name)
    for column in ("description", "alternative"):
        yield from _both(item, column, "description")
    yield Element("date", item.date_edtf)
    for name, _role in places_of(item):
        yield Element("coverage", name)
    for term, words in statements(item.details):
        yield Element(_DETAILS[term], words)
    yield Element("type", _TYPES.get(type(item), "Text"))
    yield Element("type", getattr(item, "kind", ""))
    yield Element("language", getattr(item, "language", ""))
    yield Element("identifier", address)
    for scheme, value in identifiers(item):
        yield Element("identifier", f"{scheme}:{value}" if scheme else value)
    yield Element("source", getattr(item, "url", ""))
    yield from _both(item, "provenance", "source")
    yield Element("rights", item.rights_uri)
    yield from _both(item, "rights_holder", "rights")


def people(item: Any) -> list[tuple[str, str]]:
    """Return names and roles of those who are credited, in their order."""
    return [
        (str(person.get("name", "")), str(person.get("role") or ""))
        for person in item.creators
        if isinstance(person, dict) and person.get("name")
    ]


def identifiers(item: Any) -> list[tuple[str, str]]:
    """Return schemes and values of the item's identifiers elsewhere."""
    return [
        (str(one.get("scheme") or ""), str(one["value"]))
        for one in item.identifiers
        if isinstance(one, dict) and one.get("value")
    ]


def _both(item: Any, column: str, name: str) -> Iterator[Element]:
    for language in ("ar", "en"):
        yield Element(name, getattr(item, f"{column}_{language}", "") or "", language)
