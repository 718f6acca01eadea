"""A collection of Web Annotations as a file: its only page is inside, and its notes are written one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from annotations.api import jsonld
from annotations.api.reading import ApiNote, read
from archive.access import Viewer

#: Notes read from the database at a time.
BATCH = 200


class Asked(NamedTuple):
    """The notes that go into a file, in their order."""

    viewer: Viewer
    keys: Sequence[int]
    #: Where the file is got, with what narrows it: the name of the collection.
    address: str


def address_of(request: HttpRequest) -> str:
    """Return the lasting address of what was asked for, whatever the host is called by which the question came."""
    return f"{settings.PUBLIC_URL}{request.get_full_path()}"


def notes_in(asked: Asked) -> Iterator[ApiNote]:
    """Yield the notes as their asker may see them, a batch at a time."""
    for first in range(0, len(asked.keys), BATCH):
        yield from read(asked.viewer, asked.keys[first : first + BATCH])


def collection_of(asked: Asked) -> Iterator[bytes]:
    """Yield the collection."""
    return written(asked, {})


def written(asked: Asked, further: dict[str, Any]) -> Iterator[bytes]:
    """Yield the collection, which says `further` things of itself (https://www.w3.org/TR/annotation-model/#collections)."""
    head = {
        "@context": jsonld.context(), "id": asked.address, "type": "AnnotationCollection", "total": len(asked.keys),
        **further, "first": jsonld.page_inside(asked.address, []),
    }  # fmt: skip
    # The list is the last thing that is said; an address before it may have brackets too.
    begin, end = json.dumps(head, ensure_ascii=False).rsplit("[]", 1)
    yield begin.encode() + b"["
    yield from _between(map(jsonld.annotation, notes_in(asked)))
    yield b"]" + end.encode()


def _between(values: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    between = b""
    for value in values:
        yield between + json.dumps(value, ensure_ascii=False).encode()
        between = b",\n"
