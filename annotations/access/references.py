"""Cross-references as a viewer may see them, from both of their ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from annotations.access.declarations import loci_in_what_is_visible
from annotations.access.notes import shown_to
from annotations.access.places import Sits, seen_anchors
from annotations.access.relations import words_by_code
from annotations.models import Annotation, AnnotationVersion, CrossReference, Locus
from annotations.values import RelationWords
from archive.access import Viewer, visible_to
from archive.models import Text

#: Of the references that point into the shown notes, how many are read.
MAX_INCOMING = 400


@dataclass(frozen=True, slots=True)
class End:
    """The other end of a reference: a place in a text, an image, a video, a work; or something outside."""

    #: The work's or medium's own name; None outside.
    title: object | None
    #: Public id of the text, when it is a place in one.
    text: str = ""
    #: Where the place sits in the text's current revision.
    sits: Sits | None = None
    #: Public id of the locus.
    locus: str = ""
    #: Public id of the note at the other end, when it is one that the viewer may see.
    note: str = ""
    #: The page of an image, a video or a work.
    page: str = ""
    #: Of a film: the seconds that are meant.
    start_time: float | None = None
    end_time: float | None = None
    citation: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ReferenceFacts:
    """One reference, seen from a note's side."""

    id: str
    relation: str
    #: True: another note points here.
    inward: bool
    note: str
    end: End
    words: RelationWords
    #: Read against the relation's own direction, from this note's side.
    is_backwards: bool = False
    #: BCP 47 language of `note`; empty when nobody said it.
    note_language: str = ""


def references_of(
    viewer: Viewer,
    versions: Sequence[AnnotationVersion],
    *,
    sits: Mapping[int, Sits],
    revision_id: int | None,
) -> dict[int, list[ReferenceFacts]]:
    """Return, by version, the references that it makes and those that point at its note or into its place."""
    out = list(CrossReference.objects.filter(version__in=versions).select_related(*ENDS).order_by("pk"))
    into = _incoming(viewer, versions, sits, revision_id)
    loci = {r.target for r in out if r.target} | {r.version.locus for r, _target in into}
    ends = Ends(viewer, loci, [r.target_annotation_id for r in out if r.target_annotation_id])
    words = words_by_code({r.relation for r in out} | {r.relation for r, _target in into})
    found: dict[int, list[ReferenceFacts]] = defaultdict(list)
    for reference in out:
        end = ends.of_target(reference)
        if end:
            found[reference.version_id].append(seen_reference(reference, end, words, inward=False))
    for reference, version_id in into:
        end = ends.of_locus(reference.version.locus, note=reference.version.annotation.public_id)
        if end:
            found[version_id].append(seen_reference(reference, end, words, inward=True))
    return found


_PLACE = ("text__work", "image", "video", "work")
ENDS = ("target_annotation", "target", *(f"target__{name}" for name in _PLACE))
SOURCE = ("version__annotation", "version__locus", *(f"version__locus__{name}" for name in _PLACE))


def seen_reference(
    reference: CrossReference, end: End, words: Mapping[str, RelationWords], *, inward: bool
) -> ReferenceFacts:
    """Return a reference as it is read from one side; `end` is the other one."""
    return ReferenceFacts(
        reference.public_id, reference.relation, inward, reference.note, end, words[reference.relation],
        reference.is_inverse != inward, reference.note_language,
    )  # fmt: skip


def said_twice(references: Iterable[ReferenceFacts]) -> list[ReferenceFacts]:
    """Return those of a note's own references that a note at their other end says of this one already.

    Each is told, not refused: both notes may have their own reason, and their own words on it.
    """
    references = list(references)
    theirs = {
        (one.relation, one.is_backwards, one.end.note) for one in references if one.inward and one.end.note
    }
    return [
        one for one in references
        if not one.inward and one.end.note and (one.relation, one.is_backwards, one.end.note) in theirs
    ]  # fmt: skip


def _incoming(
    viewer: Viewer, versions: Sequence[AnnotationVersion], sits: Mapping[int, Sits], revision_id: int | None
) -> list[tuple[CrossReference, int]]:
    """Return the references that reach these versions, each with the version's key."""
    spans = {v.pk: s for v in versions if (s := sits.get(v.locus_id)) and s.start is not None}
    notes = {v.annotation_id: v.pk for v in versions}
    aimed = Q(target_annotation__in=list(notes))
    if spans and revision_id:
        low = min(s.start for s in spans.values() if s.start is not None)
        high = max(s.end for s in spans.values() if s.end is not None)
        aimed |= Q(
            target_annotation=None, target__anchors__revision=revision_id,
            target__anchors__start__lt=high, target__anchors__end__gt=low,
        )  # fmt: skip
    rows = (
        visible_to(CrossReference, viewer).filter(aimed).exclude(version__in=versions)
        .select_related(*SOURCE, "target").order_by("pk").distinct()[:MAX_INCOMING]
    )  # fmt: skip
    live = _still_said(viewer, rows)
    places = seen_anchors(viewer, {r.target_id for r in live if r.target_id and not r.target_annotation_id})
    found = []
    for reference in live:
        if reference.target_annotation_id in notes:
            found.append((reference, notes[reference.target_annotation_id]))
            continue
        place = places.get(reference.target_id or 0)
        found += [(reference, pk) for pk, span in spans.items() if place and _touch(place, span)]
    return found


def _still_said(viewer: Viewer, rows: Iterable[CrossReference]) -> list[CrossReference]:
    """Return the references whose version is the one that this viewer is shown of its note."""
    references = list(rows)
    if not references:
        return []
    notes = shown_to(viewer).filter(pk__in={r.version.annotation_id for r in references})
    shown = dict(notes.values_list("pk", "shown_id"))
    return [r for r in references if shown.get(r.version.annotation_id) == r.version_id]


def _touch(one: Sits, other: Sits) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


class Ends:
    """The other ends, with what the viewer may not see left out."""

    def __init__(self, viewer: Viewer, loci: Iterable[Locus], notes: Sequence[int]) -> None:
        loci = list(loci)
        self.visible = set(
            loci_in_what_is_visible(viewer)
            .filter(pk__in=[locus.pk for locus in loci])
            .values_list("pk", flat=True)
        )
        self.sits = seen_anchors(viewer, (locus.pk for locus in loci if locus.text_id))
        self.notes = set(
            visible_to(Annotation, viewer).filter(pk__in=notes).values_list("pk", flat=True) if notes else ()
        )

    def of_target(self, reference: CrossReference) -> End | None:
        if reference.target is None:
            return End(None, citation=reference.citation)
        seen = reference.target_annotation_id in self.notes
        note = reference.target_annotation.public_id if seen and reference.target_annotation else ""
        return self.of_locus(reference.target, note=note)

    def of_locus(self, locus: Locus, *, note: str) -> End | None:
        if locus.pk not in self.visible:
            return None
        if isinstance(locus.text, Text):
            sits = self.sits.get(locus.pk)
            return End(locus.text.work, locus.text.public_id, sits, locus.public_id, note)
        item = locus.image or locus.video or locus.work
        assert item is not None
        return End(
            item, locus=locus.public_id, note=note, page=item.get_absolute_url(), start_time=locus.start_time,
            end_time=locus.end_time,
        )  # fmt: skip
