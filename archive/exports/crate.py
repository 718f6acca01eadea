"""The description of a package as RO-Crate 1.2: the package, its files with their hashes, the items they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from archive.exports import descriptions
from archive.exports.holding import Holding
from archive.exports.members import Written
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
            "@id": file.path, "@type": "File", "name": file.name, "encodingFormat": file.media_type,
            "contentSize": str(file.size), "sha256": file.sha256,
        }  # fmt: skip
    for entity in descriptions.items(holding):
        # Names are plain here: validators of crates expect a word.
        name = entity["name"]
        yield {**entity, "name": name if isinstance(name, str) else name[0]["@value"]}


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
