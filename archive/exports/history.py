"""The history of what a package holds: earlier descriptions, and the sections of texts that were kept once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archive.access import Viewer, visible_to
from archive.exports.lines import line, moment
from archive.kinds import Held
from archive.models import DescriptionChange, Group, TextSection
from archive.presenters.described_values import KINDS
from archive.presenters.description_history import Names, names_for

PATH = "history.jsonl"
VERSION = 1
BATCH = 200
Line = dict[str, Any]


def write(held: Held, viewer: Viewer) -> Iterator[bytes]:
    """Yield the lines; the same history gives the same bytes.

    Sections that are in force have none: a package holds no text of which anything is kept back.
    """
    yield line({"is": "history", "version": VERSION})
    for kind, keys in _items(held).items():
        for start in range(0, len(keys), BATCH):
            yield from map(line, _changes(kind, keys[start : start + BATCH], viewer))
    sections = visible_to(TextSection, viewer).filter(text__in=held.texts).exclude(lifted_at=None)
    rows = sections.select_related("text").prefetch_related("groups", "places__revision")
    for section in rows.order_by("public_id").iterator(chunk_size=BATCH):
        yield line(_section(section))


def _items(held: Held) -> dict[str, tuple[int, ...]]:
    return {
        "collection": held.collections, "image": held.images, "video": held.videos, "work": held.works,
    }  # fmt: skip


def _changes(kind: str, keys: tuple[int, ...], viewer: Viewer) -> Iterator[Line]:
    changes = list(visible_to(DescriptionChange, viewer).filter(kind=kind, item_id__in=keys))
    ids = dict(KINDS[kind]._default_manager.filter(pk__in=keys).values_list("pk", "public_id"))
    names = names_for(viewer, (state for change in changes for state in (change.was, change.became)))
    for change in sorted(changes, key=lambda change: (ids[change.item_id], change.version)):
        yield {
            "is": "change", "id": change.public_id, "of": [kind, ids[change.item_id]], "version": change.version,
            "was": _told(change.was, names), "became": _told(change.became, names), "way": change.way,
            "at": moment(change.created_at),
        }  # fmt: skip


def _told(state: Mapping[str, Any], names: Names) -> Line:
    """Return a state as another archive can read it: groups by their names, nothing that the asker may not see."""
    found = {name: names.seen(name, value) for name, value in state.items()}
    if "groups" in found:
        found["groups"] = sorted(names.of("groups", ident) for ident in found["groups"] or ())
    return found


def _section(section: TextSection) -> Line:
    groups: list[Group] = list(section.groups.all())
    return {
        "is": "section", "id": section.public_id, "text": section.text.public_id, "access": section.access,
        "groups": sorted(group.name for group in groups), "embargo_until": moment(section.embargo_until),
        "down_because": section.down_because, "sentence_ar": section.sentence_ar, "sentence_en": section.sentence_en,
        "since": moment(section.since), "at": moment(section.created_at), "lifted": moment(section.lifted_at),
        "version": section.version,
        "places": [
            {"revision": place.revision.number, "first": place.first, "last": place.last, "fit": place.fit,
             "at": moment(place.created_at)}
            for place in sorted(section.places.all(), key=lambda place: place.pk)
        ],
    }  # fmt: skip
