"""Notes as the API tells them: in any text, image or video at once, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from annotations.access.note_facts import NoteFacts, facts_of, tags_of
from annotations.access.notes import acts_of, shown_to, told_to, with_status
from annotations.access.places import seen_anchors
from annotations.access.references import references_of
from annotations.models import Annotation, AnnotationVersion, Locus, Term
from archive.access import Viewer, visible_to


@dataclass(frozen=True, slots=True)
class ApiNote:
    """A note with what the API says beyond the pages."""

    facts: NoteFacts
    #: Public id of the author.
    author: str
    #: The note's status as this viewer may know it.
    status: str
    locus: Locus
    #: Number of the revision in which a text's place is told; None elsewhere.
    revision: int | None
    #: Names that it has elsewhere, by word of the standard: "canonical", "via".
    elsewhere: Mapping[str, Any] = field(default_factory=dict)


def notes_of(viewer: Viewer) -> QuerySet[Annotation]:
    """Return the notes that the viewer may see, with `shown_id` and `told_status`."""
    return with_status(shown_to(viewer), viewer)


def read(viewer: Viewer, ids: Sequence[int]) -> list[ApiNote]:
    """Return the visible ones of these notes (primary keys), in this order, in the current wording of their text."""
    rows = told_to(viewer).filter(pk__in=ids).order_by()
    heavy = [f"text__current_revision__{name}" for name in ("content", "blocks", "marks")]
    notes = {
        note.pk: note
        for note in rows.select_related("author", "group", "text__current_revision", "image", "video").defer(
            *heavy
        )
    }
    places = AnnotationVersion.objects.select_related("locus__text", "locus__image", "locus__video")
    versions = places.in_bulk({note.shown_id for note in notes.values()})
    sits = seen_anchors(viewer, {version.locus_id for version in versions.values()})
    tags = _visible_tags(viewer, list(versions))
    references = references_of(viewer, list(versions.values()), sits=sits, revision_id=None)
    found = []
    for note in (notes[pk] for pk in ids if pk in notes):
        version = versions[note.shown_id]
        facts = facts_of(
            note, version, sits=sits.get(version.locus_id), tags=tags[version.pk],
            references=references[version.pk], acts=acts_of(note),
        )  # fmt: skip
        current = note.text.current_revision if note.text else None
        found.append(
            ApiNote(
                facts,
                note.author_key,
                note.told_status,
                version.locus,
                current.number if current else None,
                note.elsewhere,
            )
        )
    return found


def _visible_tags(viewer: Viewer, versions: Sequence[int]) -> dict[int, list[Term]]:
    """Return the terms on each version without those that the viewer may not see."""
    tags = tags_of(versions)
    ids = {term.pk for terms in tags.values() for term in terms}
    seen = set(visible_to(Term, viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return {pk: [term for term in tags.get(pk, ()) if term.pk in seen] for pk in versions}
