"""The demo collection as tests read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from archive.importers.registry import importer
from archive.text.types import ParsedText

DEMO = Path(__file__).resolve().parents[2] / "annotations" / "demo"
FILES = [
    "people",
    "guides",
    "collections",
    "works",
    "images",
    "papers",
    "recordings",
    "videos",
    "terms",
    "notes",
    "editions",
]
MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
Json = dict[str, Any]


@cache
def load(name: str) -> Json:
    return json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))


@cache
def keys(name: str) -> frozenset[str]:
    found = [item["key"] for item in load(name)[name]]
    assert len(found) == len(set(found)), f"a key of {name} stands twice"
    return frozenset(found)


@cache
def parsed(work: str, revision: int, part: str = "") -> ParsedText:
    entry = next(entry for entry in load("works")["works"] if entry["key"] == work)
    text = next(text for text in entry["texts"] if text.get("key", "") == part)
    source = next(item for item in text["revisions"] if item["number"] == revision)
    data = (DEMO / source["file"]).read_bytes()
    return importer(source["importer"]).parse(data, language=text["language"], options={})


def content_of(place: Json) -> str:
    """Return the words in which a place of a text lies."""
    return parsed(place["work"], place["revision"], place.get("part", "")).content


def words(text: str) -> list[str]:
    return re.findall(r"\w+", MARKS.sub("", text))


def place_of(text: str, quote: str, occurrence: int) -> int:
    start = -1
    for _ in range(occurrence):
        start = text.index(quote, start + 1)
    return start


def notes() -> list[Json]:
    return load("notes")["notes"]


def places() -> Iterator[tuple[str, Json]]:
    for note in notes():
        yield note["key"], note["place"]
        for reference in note["references"]:
            if "place" in reference["target"]:
                yield note["key"], reference["target"]["place"]


def bilingual_values(value: object, path: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        if set(value) & {"ar", "en"}:
            yield path, value
        for name, inner in value.items():
            yield from bilingual_values(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from bilingual_values(inner, f"{path}[{index}]")
