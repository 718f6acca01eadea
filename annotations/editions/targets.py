"""What the cross-references of notes point at, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from annotations.editions.facts import words_of
from annotations.editions.values import Place, Reference
from annotations.models import Anchor, AnnotationVersion, CrossReference, Locus
from archive.models import Image, Video, Work

Row = Work | Image | Video
_ENDS = (
    "target__text__work", "target__image", "target__video", "target__work", "target_annotation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Targets:
    """The places that a set of versions points at."""

    #: By locus: its newest anchor in the current wording of its text.
    anchors: dict[int, Anchor]
    #: By note (public id): its version.
    versions: dict[str, AnnotationVersion]
    #: By version (primary key): its references, in the order in which they were made.
    made: dict[int, list[CrossReference]]

    @classmethod
    def of(cls, chosen: Q, versions: Iterable[AnnotationVersion]) -> Targets:
        """Read the references of these versions and the anchors of what they point at; `chosen` is the condition on references."""
        loci = CrossReference.objects.filter(chosen).values("target")
        rows = Anchor.objects.filter(locus__in=loci, start__isnull=False).select_related("revision")
        ordered = rows.order_by("locus", "revision__number", "attempt").defer(
            "revision__content", "revision__blocks", "revision__marks"
        )
        by_note = {v.annotation.public_id: v for v in versions}
        counting = {version.pk for version in by_note.values()}
        made: dict[int, list[CrossReference]] = {}
        for row in CrossReference.objects.filter(chosen).prefetch_related(*_ENDS).order_by("pk"):
            if row.version_id in counting:
                made.setdefault(row.version_id, []).append(row)
        return cls({a.locus_id: a for a in ordered}, by_note, made)

    def references(self, version: AnnotationVersion) -> tuple[Reference, ...]:
        """Return the cross-references of a version, in the order in which they were made."""
        return tuple(
            Reference(
                row.public_id, row.relation, row.note, self._target(row), row.citation, row.is_inverse,
                row.note_language,
            )
            for row in self.made.get(version.pk, ())
        )  # fmt: skip

    def _of(self, note: str) -> list[CrossReference]:
        return self.made.get(self.versions[note].pk, [])

    def _target(self, row: CrossReference) -> Place | None:
        note = row.target_annotation.public_id if row.target_annotation else ""
        return self._place(row.target, note) if row.target else None

    def rows(self, notes: set[str]) -> dict[tuple[str, int], Row]:
        """Return the items that the references of `notes` (public ids) lead to, by kind and primary key."""
        found: dict[tuple[str, int], Row] = {}
        for note in notes:
            for reference in self._of(note):
                if reference.target:
                    kind, row = owner(reference.target)
                    found[kind, row.pk] = row
        return found

    def texts(self, notes: set[str]) -> set[int]:
        """Return the keys of the texts that the references of `notes` (public ids) lead into."""
        references = (row for note in notes for row in self._of(note))
        return {row.target.text_id for row in references if row.target and row.target.text_id}

    def _place(self, locus: Locus, note: str) -> Place:
        kind, row = owner(locus)
        anchor = self.anchors.get(locus.pk)
        return Place(
            kind=locus.kind, member=(kind, row.public_id), label=words_of(row, "title"),
            slug=row.slug if isinstance(row, Work) else row.public_id,
            text=locus.text.public_id if locus.text else "",
            revision=anchor.revision.number if anchor else 0,
            start=anchor.start if anchor else None, end=anchor.end if anchor else None,
            exact=anchor.exact if anchor else "", region=locus.region,
            start_time=locus.start_time, end_time=locus.end_time, note=note,
        )  # fmt: skip


def owner(locus: Locus) -> tuple[str, Row]:
    """Return the item that a place is in; who may see it decides who may see the place."""
    if locus.image:
        return "image", locus.image
    if locus.video:
        return "video", locus.video
    work = locus.text.work if locus.text else locus.work
    assert work is not None
    return "work", work
