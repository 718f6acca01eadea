"""What people type before it is a note, without the words of texts that are kept from them since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from archive.access import visible_to
from archive.models import Text

#: Where a page keeps the words at a place, and around it.
_WORDS = frozenset({"exact", "prefix", "suffix"})


def kept_words_out(who: object, drafts: Iterable[Any] = ()) -> Callable[[Any], Any]:
    """Return what takes such words out of a draft's data; the draft itself stays as it was typed.

    A note's author keeps it without the words that it is on, and so does who has not written it yet. The texts that
    `drafts` name are asked for at once.
    """
    closed: dict[str, bool] = {}

    def learn(data: Any) -> None:
        new = {one for one in _texts(data) if one not in closed}
        if new:
            seen = set(visible_to(Text, who).filter(public_id__in=new).values_list("public_id", flat=True))
            closed.update({one: one not in seen for one in new})

    def told(data: Any) -> Any:
        learn(data)
        return _without(data, {one for one, is_closed in closed.items() if is_closed})

    learn(list(drafts))
    return told


def _texts(value: Any) -> Iterator[str]:
    """Yield the public ids of the texts that places in a draft's data name."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for one in value.values():
            yield from _texts(one)


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
