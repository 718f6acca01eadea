"""The references around a note, a work, a term, a picture or a film, as a viewer may see them: filtered and paged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from annotations.access.declarations import loci_in_what_is_visible
from annotations.access.notes import shown_to
from annotations.access.places import seen_anchors
from annotations.access.references import ENDS, SOURCE, End, Ends
from annotations.access.relations import words_by_code
from annotations.models import Annotation, AnnotationVersion, CrossReference, Term
from annotations.models.read_tags import tags_read_as
from annotations.values import RelationWords
from archive.access import Viewer, visible_to
from archive.models import Image, Video, Work

Subject = Annotation | Work | Term | Image | Video


@dataclass(frozen=True, slots=True)
class TieFacts:
    """One reference with both its ends, read from the subject's side."""

    id: str
    relation: str
    words: RelationWords
    is_backwards: bool
    #: The other end points here.
    inward: bool
    #: The note that makes it, and the end that it points at.
    source: End
    target: End
    note: str
    note_language: str

    @property
    def other(self) -> End:
        """The end that is not the subject's."""
        return self.source if self.inward else self.target


class Neighborhood:
    """The references of one subject."""

    def __init__(self, viewer: Viewer, subject: Subject) -> None:
        self.viewer = viewer
        self.out, self.into = _aims(viewer, subject)
        seen = loci_in_what_is_visible(viewer).values("pk")
        said = shown_to(viewer).values("shown_id")
        rows = visible_to(CrossReference, viewer).filter(version__in=said, version__locus__in=seen)
        #: Never one whose other end may not be seen: not even by how many there are.
        self.rows = rows.filter(Q(target=None) | Q(target__in=seen))

    def of(self, *, relation: str = "", direction: str = "", kind: str = "") -> QuerySet[CrossReference]:
        """Return the references that are asked for, the newest first.

        `direction` is "out" (from the subject) or "in"; `kind` what the other end is: "note", "passage", "image",
        "video", "work" or "outside"; nothing means all.
        """
        out, into = self.out, self.into & ~self.out
        if kind:
            out, into = out & self._of_kind(kind), into if kind == "note" else Q(pk__in=[])
        aim = {"out": out, "in": into}.get(direction, out | into)
        rows = self.rows.filter(aim)
        if relation:
            rows = rows.filter(relation=relation)
        return rows.order_by("-pk")

    def _of_kind(self, kind: str) -> Q:
        """Return the condition of an end; one at a note that the viewer may not see is at its place, as it is shown."""
        note = Q(target_annotation__in=visible_to(Annotation, self.viewer).values("pk"))
        return note if kind == "note" else _KINDS[kind] & ~note

    def relations(self) -> list[tuple[RelationWords, int]]:
        """Return the relations that its references are made with, each with how many, the commonest first."""
        rows = self.rows.filter(self.out | self.into).order_by()
        counts = dict(rows.values_list("relation").annotate(n=Count("pk", distinct=True)))
        words = words_by_code(counts)
        return sorted(
            ((words[code], n) for code, n in counts.items()), key=lambda pair: (-pair[1], pair[0].code)
        )

    def read(self, keys: Sequence[int]) -> list[TieFacts]:
        """Return references of `of` (primary keys) with both their ends, in a number of queries that does not grow."""
        found = CrossReference.objects.filter(pk__in=keys).select_related(*ENDS, *SOURCE)
        references = {row.pk: row for row in found}
        outward = set(CrossReference.objects.filter(self.out, pk__in=keys).values_list("pk", flat=True))
        ordered = [references[key] for key in keys if key in references]
        loci = [locus for row in ordered for locus in (row.target, row.version.locus) if locus]
        ends = Ends(
            self.viewer, loci, [row.target_annotation_id for row in ordered if row.target_annotation_id]
        )
        words = words_by_code(row.relation for row in ordered)
        ties = (_tie(row, row.pk not in outward, ends, words) for row in ordered)
        return [tie for tie in ties if tie is not None]


def _tie(row: CrossReference, inward: bool, ends: Ends, words: dict[str, RelationWords]) -> TieFacts | None:
    source = ends.of_locus(row.version.locus, note=row.version.annotation.public_id)
    target = ends.of_target(row)
    if source is None or target is None:
        return None
    return TieFacts(
        row.public_id, row.relation, words[row.relation], row.is_inverse != inward, inward, source, target,
        row.note, row.note_language,
    )  # fmt: skip


_KINDS = {
    "passage": Q(target__kind="text"), "image": Q(target__kind="region"), "video": Q(target__kind="time"),
    "work": Q(target__kind="whole"), "outside": Q(target=None),
}  # fmt: skip


def _aims(viewer: Viewer, subject: Subject) -> tuple[Q, Q]:
    """Return what makes a reference one from the subject, and one to it."""
    match subject:
        case Annotation():
            return Q(version__annotation=subject.pk), _to_note(viewer, subject)
        case Work():
            inside = Q(target__text__work=subject.pk) | Q(target__work=subject.pk)
            return Q(version__annotation__text__work=subject.pk), inside
        case Image():
            return Q(version__annotation__image=subject.pk), Q(target__image=subject.pk)
        case Video():
            return Q(version__annotation__video=subject.pk), Q(target__video=subject.pk)
        case Term():
            tagged = tags_read_as([subject.pk]).order_by().values("version")
            shown = shown_to(viewer).values("shown_id")
            notes = (
                AnnotationVersion.objects.filter(pk__in=shown).filter(pk__in=tagged).values("annotation_id")
            )
            return Q(version__in=tagged), Q(target_annotation__in=notes)


def _to_note(viewer: Viewer, note: Annotation) -> Q:
    """Return what points at a note: by its name, or at a place that it shares letters with."""
    aimed = Q(target_annotation=note.pk)
    shown = shown_to(viewer).filter(pk=note.pk).values_list("shown_id", flat=True).first()
    locus = AnnotationVersion.objects.filter(pk=shown).values_list("locus_id", flat=True).first()
    sits = seen_anchors(viewer, [locus]).get(locus) if locus and note.text_id else None
    if sits is None or sits.start is None or note.text is None:
        return aimed
    there: Any = {
        "target__anchors__revision": note.text.current_revision_id,
        "target__anchors__start__lt": sits.end, "target__anchors__end__gt": sits.start,
    }  # fmt: skip
    touching = CrossReference.objects.filter(**there).values("pk")
    return aimed | Q(target_annotation=None, pk__in=touching)
