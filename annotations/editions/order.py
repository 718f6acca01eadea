"""In which order notes are numbered, and in which they stand in the text: the same only where they are numbered by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotations.anchoring.regions import extent
from annotations.editions.values import MediaPlace, Note, Snapshot
from annotations.enums import Category, NoteOrder

_KINDS: Mapping[str, int] = {category.value: index for index, category in enumerate(Category)}


def numbered(
    notes: Iterable[Note], *, order: str = NoteOrder.PLACE, names: Mapping[str, str] | None = None
) -> tuple[Note, ...]:
    """Return the notes in their order, numbered from one; `names` are those of the authors, by id."""
    called = names or {}

    def key(note: Note) -> tuple[Any, ...]:
        if order == NoteOrder.KIND:
            return _KINDS[note.category], *_place_of(note)
        if order == NoteOrder.AUTHOR:
            return called.get(note.author, ""), note.author, *_place_of(note)
        return _place_of(note)

    return tuple(replace(note, number=index) for index, note in enumerate(sorted(notes, key=key), start=1))


def by_place(snapshot: Snapshot) -> tuple[Note, ...]:
    """Return the notes as they stand in the text, whatever their numbers."""
    if snapshot.order == NoteOrder.PLACE:
        return snapshot.notes
    return tuple(sorted(snapshot.notes, key=_place_of))


def _place_of(note: Note) -> tuple[Any, ...]:
    """Return what orders notes by place, longer spans first.

    Those on a picture or a film follow those on its caption: a picture by pages and from its top, a film as it runs.
    """
    return note.start, -note.end, _within(note.place), note.id


def _within(place: MediaPlace | None) -> tuple[Any, ...]:
    """Return what orders the notes that are read at one point of the text."""
    if place is None:
        return ()
    # Of what does not stand in the text, each item keeps its notes together.
    head = (place.block is None, place.member)
    if place.region is None:
        return (*head, place.start_time or 0, -(place.end_time or 0))
    left, top, _right, _bottom = extent(place.region["shape"], place.region["points"])
    return (*head, place.page, top, left)
