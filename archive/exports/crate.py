"""The description of a package as RO-Crate 1.2: the package, its files with their hashes, the items they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from archive.exports import descriptions
from archive.exports.holding import Holding
from archive.exports.members import Written
from archive.presenters.rights import rights_label
from archive.presenters.schema_org import DUBLIN_CORE, Entity

PATH = "ro-crate-metadata.json"
_CONTEXT = [
    "https://w3id.org/ro/crate/1.2/context",
    {"dcterms": DUBLIN_CORE, "sha256": "https://schema.org/sha256"},
]


def metadata(holding: Holding, files: Sequence[Written], at: datetime) -> Iterator[bytes]:
    """Yield the crate's metadata; `files` are all others of the package."""
    return descriptions.graph(_CONTEXT, _entities(holding, files, at))


def _entities(holding: Holding, files: Sequence[Written], at: datetime) -> Iterator[Entity]:
    yield {
        "@id": PATH, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }  # fmt: skip
    yield _root(holding.root, files, at)
    for file in files:
        yield {
            "@id": file.path, "@type": "File", "name": file.name, "encodingFormat": file.media_type.split(";")[0],
            "contentSize": str(file.size), "sha256": file.sha256,
        }  # fmt: skip
    told: set[str] = set()
    for entity in _described(holding):
        if entity["@id"] not in told:
            told.add(entity["@id"])
            yield entity


def _described(holding: Holding) -> Iterator[Entity]:
    """Yield the items, and what they name that has no entity of its own in other forms: places and licenses."""
    if uri := holding.root.rights_uri:
        yield _license(uri)
    for entity in descriptions.items(holding):
        # Names are plain here: validators of crates expect a word.
        name = entity["name"]
        flat = {name: _flat(value) for name, value in entity.items()}
        for value in flat.values():
            yield from (one for one in (value if isinstance(value, list) else [value]) if _is_embedded(one))
        if uri := entity.get("license", {}).get("@id"):
            yield _license(uri)
        yield {
            **{name: _pointed(value) for name, value in flat.items()},
            "name": name if isinstance(name, str) else name[0]["@value"],
        }


def _flat(value: Any) -> Any:
    """Return a value of which each embedded entity has a name; a list of one is that one (RO-Crate 1.2, appendix on JSON-LD)."""
    if isinstance(value, list):
        return _flat(value[0]) if len(value) == 1 else [_flat(one) for one in value]
    if isinstance(value, dict) and "@type" in value and "@id" not in value:
        words = json.dumps(value, ensure_ascii=False, sort_keys=True)
        return {"@id": f"#{value['@type'].lower()}-{sha256(words.encode()).hexdigest()[:12]}", **value}
    return value


def _is_embedded(value: Any) -> bool:
    return isinstance(value, dict) and "@type" in value


def _pointed(value: Any) -> Any:
    if isinstance(value, list):
        return [_pointed(one) for one in value]
    return {"@id": value["@id"]} if _is_embedded(value) else value


def _license(uri: str) -> Entity:
    label = rights_label(uri)
    return {"@id": uri, "@type": "CreativeWork", "name": label, "description": label}


def _root(root: Any, files: Sequence[Written], at: datetime) -> Entity:
    title = str(root.title_ar or root.title_en or root.public_id)
    said = root.rights_uri
    return {
        "@id": "./", "@type": "Dataset", "name": title,
        "description": root.description_ar or root.description_en or f"{title}: taken out of the archive.",
        "datePublished": at.date().isoformat(),
        "license": {"@id": said} if said else "No rights statement was recorded.",
        "mainEntity": {"@id": descriptions.name_of(root)},
        "hasPart": [{"@id": file.path} for file in files],
    }  # fmt: skip
