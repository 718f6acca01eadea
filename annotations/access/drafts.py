"""What people type before it is a note, without the words of texts that are kept from them since."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from archive.access.sections import closed_sections

#: Where a page keeps the words at a place, and around it.
_WORDS = frozenset({"exact", "prefix", "suffix"})


def kept_words_out(who: object) -> Callable[[Any], Any]:
    """Return what takes such words out of a draft's data; the draft itself stays as it was typed.

    A note's author keeps it without the words that it is on, and so does who has not written it yet.
    """
    closed = frozenset(closed_sections(who).order_by().values_list("text__public_id", flat=True))
    return lambda data: _without(data, closed) if closed else data


def _without(value: Any, closed: Collection[str]) -> Any:
    if isinstance(value, list):
        return [_without(one, closed) for one in value]
    if not isinstance(value, dict):
        return value
    told = {name: _without(one, closed) for name, one in value.items()}
    if _is_of(value, closed):
        told |= dict.fromkeys(_WORDS.intersection(told), "")
    if "label" in told and _is_of(value.get("target"), closed):
        told["label"] = ""  # What a reference is shown by: the words that were picked.
    return told


def _is_of(place: Any, closed: Collection[str]) -> bool:
    text = place.get("text") if isinstance(place, dict) else None
    return isinstance(text, str) and text in closed
