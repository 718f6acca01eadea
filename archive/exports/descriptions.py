"""The descriptions of a package's items as a table and as linked data, a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.exports.holding import Holding
from archive.presenters import cells, schema_org
from archive.presenters.described_values import BILINGUAL
from archive.presenters.dublin_core import identifiers, people
from archive.presenters.schema_org import Entity
from archive.text.details import places_of, statements

_CONTEXT = {"@vocab": "https://schema.org/", "dcterms": schema_org.DUBLIN_CORE}
_WORDS = [f"{name}_{code}" for name in BILINGUAL for code in ("ar", "en")]
_FACTS = ["date_edtf", "rights_uri", "access", "embargo_until"]
_OWN = ["slug", "language", "url", "provider", "external_id", "duration", "alternative_ar", "alternative_en"]
COLUMNS = ["is", "id", "collection", *_OWN, *_WORDS, *_FACTS, "creators", "identifiers", "places", "details"]


def described(holding: Holding) -> Iterator[tuple[Any, Any]]:
    """Yield each item with the collection around it, if that is in the package too."""
    shelves = {row.pk: row for row in holding.collections()}
    for collection in shelves.values():
        yield collection, shelves.get(collection.parent_id or 0)
    for rows in (holding.works(), holding.images(), holding.videos()):
        for item in rows:
            yield item, shelves.get(item.collection_id or 0)


def table(holding: Holding) -> Iterator[bytes]:
    """Yield the descriptions as CSV in UTF-8 with a byte order mark; no cell is a formula."""
    yield ("\ufeff" + cells.row(COLUMNS)).encode()
    for item, shelf in described(holding):
        facts = [getattr(item, name, "") for name in (*_OWN, *_WORDS, *_FACTS)]
        credited = " ; ".join(f"{name} | {role}" if role else name for name, role in people(item))
        numbers = " ; ".join(f"{scheme}:{value}" if scheme else value for scheme, value in identifiers(item))
        where = " ; ".join(f"{name} | {role}" if role else name for name, role in places_of(item))
        more = " ; ".join(f"{term}: {words}" for term, words in statements(item.details))
        head = [item._meta.model_name, item.public_id, shelf.public_id if shelf else ""]
        yield cells.row([*head, *facts, credited, numbers, where, more]).encode()


def linked(holding: Holding) -> Iterator[bytes]:
    """Yield the descriptions as JSON-LD in the words of schema.org and Dublin Core."""
    yield from graph(_CONTEXT, items(holding))


def items(holding: Holding) -> Iterator[Entity]:
    """Yield every item's entity, and each person once."""
    told: set[str] = set()
    for item, shelf in described(holding):
        for entity in schema_org.entities(item, name_of, within=shelf):
            if entity["@id"] not in told:
                told.add(entity["@id"])
                yield entity


def name_of(item: Any) -> str:
    """Return the id of an item in linked data: it lasts, and depends on no site."""
    return f"urn:hashiya:{item._meta.model_name}:{item.public_id}"


def graph(context: Any, entities: Iterator[Entity]) -> Iterator[bytes]:
    """Yield a JSON-LD document of many entities, one after the other."""
    yield f'{{"@context": {json.dumps(context, sort_keys=True)},\n"@graph": ['.encode()
    for number, entity in enumerate(entities):
        yield (",\n" if number else "\n").encode() + json.dumps(
            entity, ensure_ascii=False, sort_keys=True
        ).encode()
    yield b"\n]}\n"
