"""The demonstration's files (`annotations/demo`), read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from annotations.models import Annotation, Edition, Term
from archive.models import Collection, Image, Text, TextRevision, User, Video, Work

FOLDER = Path(__file__).resolve().parents[2] / "demo"

Say = Callable[[str], None]


@cache
def read(name: str) -> dict[str, Any]:
    """Return one JSON file of the collection."""
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return data


@dataclass
class Loaded:
    """What was made so far, by the keys of the material."""

    people: dict[str, User] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    revisions: dict[tuple[str, int], TextRevision] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    videos: dict[str, Video] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    notes: dict[str, Annotation] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)


def bilingual(entry: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Return `{"title_ar": …, "title_en": …}` for the names that the entry has in two languages."""
    return {
        f"{name}_{language}": entry[name].get(language, "")
        for name in names
        if name in entry
        for language in ("ar", "en")
    }


def described(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the catalogue values of an entry, as the `describe` actions take them."""
    values: dict[str, Any] = bilingual(
        entry, "title", "description", "rights_holder", "provenance", "alternative"
    )
    for name in ("creators", "date_edtf", "details", "rights_uri", "identifiers", "access"):
        if name in entry:
            values[name] = entry[name]
    if "places" in entry:
        labels = {term["key"]: term["label"] for term in read("terms")["terms"]}
        values["places"] = [
            {"name": labels[key]["ar"], "name_ar": labels[key]["ar"], "name_en": labels[key]["en"]}
            for key in entry["places"]
        ]
    return values
