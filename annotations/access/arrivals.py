"""Where the references of other notes arrive in a text, as a viewer may see them: the far ends that no note marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from annotations.access.declarations import loci_in_what_is_visible
from annotations.access.notes import shown_to
from annotations.access.places import Sits, anchors_of, span_table
from annotations.access.references import SOURCE, Ends, ReferenceFacts, seen_reference
from annotations.access.relations import words_by_code
from annotations.models import CrossReference, ReleaseNote
from archive.access import Viewer, visible_to

#: Of the references into one text, how many are looked at: the newest.
MOST = 2000
#: Of those in one stretch of it, how many are told.
MOST_TOLD = 200


class ArrivalPlace(NamedTuple):
    """Where one reference arrives: `[start, end)` in code points of a revision, and the reference's public id."""

    start: int
    end: int
    id: str
    pk: int


#: References of versions that somebody can be shown: each revision of a note makes its own anew.
_STANDS = (
    Q(version=F("version__annotation__newest_version"))
    | Q(version=F("version__annotation__accepted_version"))
    | Exists(ReleaseNote.objects.filter(version=OuterRef("version")))
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One reference at its far end: the words there, and the note that points at them."""

    sits: Sits
    reference: ReferenceFacts


def arrival_places(viewer: Viewer, *, text_id: int, revision_id: int) -> list[ArrivalPlace]:
    """Return where references arrive in a revision, in order of place.

    A reference that names a note which the viewer sees arrives at that note, which is marked already.
    """
    rows = CrossReference.objects.filter(target__text=text_id).filter(_STANDS)
    given = list(rows.order_by("-pk").values_list(*_Row._fields)[:MOST])
    found = _seen(viewer, map(_Row._make, given)) if given else []
    if not found:
        return []
    places = span_table(revision_id, [row.target_id for row in found])
    arrived = (
        ArrivalPlace(place[0], place[1], row.public_id, row.pk)
        for row in found
        if (place := places.get(row.target_id)) and place[0] is not None
    )
    return sorted(arrived)


def arrivals_between(
    viewer: Viewer, places: Iterable[ArrivalPlace], *, revision_id: int, start: int, end: int
) -> list[Arrival]:
    """Return those of the places of `arrival_places` that touch `[start, end)`, in a number of queries that does not grow."""
    here = [place for place in places if place.start < end and place.end > start][:MOST_TOLD]
    if not here:
        return []
    references = CrossReference.objects.select_related(*SOURCE).in_bulk([place.pk for place in here])
    loci = [reference.target_id for reference in references.values() if reference.target_id]
    sits = anchors_of(viewer, revision_id, loci)
    ends = Ends(viewer, [reference.version.locus for reference in references.values()], [])
    words = words_by_code(reference.relation for reference in references.values())
    found = []
    for place in here:
        reference = references[place.pk]
        source = ends.of_locus(reference.version.locus, note=reference.version.annotation.public_id)
        sit = sits.get(reference.target_id or 0)
        if source and sit:
            found.append(Arrival(sit, seen_reference(reference, source, words, inward=True)))
    return found


class _Row(NamedTuple):
    pk: int
    public_id: str
    target_id: int
    target_annotation_id: int | None
    version_id: int
    version__annotation_id: int
    version__locus_id: int


def _seen(viewer: Viewer, rows: Iterable[_Row]) -> list[_Row]:
    """Return those that the viewer sees: said by a note as it is shown to them, on something that they may see."""
    given = list(rows)
    notes = {row.version__annotation_id for row in given} | {
        row.target_annotation_id for row in given if row.target_annotation_id
    }
    shown = dict(shown_to(viewer).filter(pk__in=notes).order_by().values_list("pk", "shown_id"))
    said = [
        row for row in given
        if shown.get(row.version__annotation_id) == row.version_id and row.target_annotation_id not in shown
    ]  # fmt: skip
    if not said:
        return []
    references = visible_to(CrossReference, viewer).filter(pk__in=[row.pk for row in said])
    allowed = set(references.order_by().values_list("pk", flat=True))
    loci = loci_in_what_is_visible(viewer).filter(pk__in=[row.version__locus_id for row in said])
    standing = set(loci.order_by().values_list("pk", flat=True))
    return [row for row in said if row.pk in allowed and row.version__locus_id in standing]
