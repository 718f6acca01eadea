"""The notes on what a package holds, as its taker may see them: one page of W3C annotations, a batch at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q

from annotations.api import jsonld
from annotations.api.reading import ApiNote, notes_of, read
from archive.exports.holding import never_packed
from archive.kinds import Held, PackagePart
from archive.models import Text

BATCH = 200


def write(held: Held, viewer: Any) -> Iterator[bytes]:
    """Yield the page; the same notes give the same bytes."""
    yield f'{{"@context": {_json(jsonld.context())},\n"id": "urn:hashiya:package:notes",'.encode()
    yield b'\n"type": "AnnotationPage",\n"items": ['
    on_held = Q(text__in=held.texts) | Q(image__in=held.images) | Q(video__in=held.videos)
    keys = list(notes_of(viewer).filter(on_held).order_by("public_id").values_list("pk", flat=True))
    stay = frozenset(Text.objects.filter(pk__in=never_packed()).values_list("public_id", flat=True))
    between = "\n"
    for start in range(0, len(keys), BATCH):
        for note in read(viewer, keys[start : start + BATCH]):
            yield (between + _json(jsonld.annotation(_without(stay, note)))).encode()
            between = ",\n"
    yield b"\n]}\n"


def _without(stay: Collection[str], note: ApiNote) -> ApiNote:
    """Return the note without the words of texts that stay here, to which it leads: their title is told alone."""
    references = [
        replace(one, end=replace(one.end, sits=None)) if one.end.text in stay else one
        for one in note.facts.references
    ]
    return replace(note, facts=replace(note.facts, references=references))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


PART = PackagePart("notes.jsonld", "application/ld+json", "Notes, as W3C annotations", write)
