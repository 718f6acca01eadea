"""The container of all notes as the protocol's JSON-LD: its description and its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from annotations.api import jsonld
from annotations.api.prefer import Wanted
from archive.errors import NotVisible

PAGE = 50
_LDP_WORDS = "http://www.w3.org/ns/ldp.jsonld"
#: What the container is called.
_NAMES = {"ar": "الحواشي", "en": "Notes"}

Items = Callable[[Sequence[int]], Sequence[dict[str, Any]]]


def address() -> str:
    """Return the container's own address."""
    return f"{settings.PUBLIC_URL}/annotations/"


def description(want: Wanted, count: int) -> dict[str, Any]:
    """Return what the container says of itself; its notes are on its pages, the first and last of which it names."""
    ours, *words = jsonld.context()
    found: dict[str, Any] = {
        "@context": [ours, _LDP_WORDS, *words], "id": address() if want.minimal else _named(want),
        "type": ["BasicContainer", "AnnotationCollection"], "total": count,
        # The model's own tests ask for bare strings here, so that the languages are told beside them.
        "label": list(_NAMES.values()),
        "schema:name": [{"@value": name, "@language": code} for code, name in _NAMES.items()],
    }  # fmt: skip
    if count:
        found |= {"first": _page_address(want, 0), "last": _page_address(want, _last(count))}
    return found


def page(want: Wanted, ids: QuerySet[Any], count: int, items: Items) -> dict[str, Any]:
    """Return one page, the notes in the order in which they were first written.

    Raises NotVisible when there is no such page.
    """
    number = want.page or 0
    if number > _last(count):
        raise NotVisible("not_visible")
    here = list(ids[number * PAGE : (number + 1) * PAGE])
    found: dict[str, Any] = {
        "@context": jsonld.context(), "id": _page_address(want, number), "type": "AnnotationPage",
        "partOf": _named(want), "startIndex": number * PAGE,
    }  # fmt: skip
    if number:
        found["prev"] = _page_address(want, number - 1)
    if number < _last(count):
        found["next"] = _page_address(want, number + 1)
    notes = items(here)
    return found | {"items": [note["id"] for note in notes] if want.iris else list(notes)}


def _last(count: int) -> int:
    return max(0, (count - 1) // PAGE)


def _named(want: Wanted) -> str:
    return f"{address()}?iris={int(want.iris)}"


def _page_address(want: Wanted, number: int) -> str:
    return f"{_named(want)}&page={number}"
