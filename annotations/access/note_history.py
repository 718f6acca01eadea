"""What became of a note over time, as far as a viewer may see its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from annotations.access.independent import is_withheld
from annotations.access.note_facts import tags_of
from annotations.access.places import Sits, seen_anchors
from annotations.access.references import ReferenceFacts, references_of
from annotations.enums import AnnotationStatus
from annotations.models import (
    Annotation,
    AnnotationVersion,
    Decision,
    Submission,
    SubmissionItem,
    Term,
    VisibilityChange,
)
from archive.access import Viewer, as_viewer, visible_to
from archive.models import AuditDetail, AuditEvent


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version, with what it says besides its words."""

    version: AnnotationVersion
    tags: Sequence[Term]
    references: Sequence[ReferenceFacts]
    #: Where it sits in the current wording; None outside of texts, and where the viewer may not read that.
    sits: Sits | None


@dataclass(frozen=True, slots=True)
class NoteHistory:
    """The past of a note; each list oldest first."""

    versions: Sequence[VersionFacts]
    decisions: Sequence[Decision]
    #: (version, submission that handed it in)
    handed_in: Sequence[tuple[AnnotationVersion, Submission]]
    #: Who could see it when: told to its author alone.
    visibility: Sequence[VisibilityChange]
    #: Whether what others decided is kept from the viewer now (`annotations.access.independent`).
    is_withheld: bool = False
    #: When it was taken back and why, where a reason was given: told to its author alone.
    taken_back: tuple[datetime, str] | None = None


def history_of(who: object, note: Annotation) -> NoteHistory:
    """Return the versions that the viewer may see today and what happened to them; nothing tells of the others."""
    viewer = as_viewer(who)
    rows = visible_to(AnnotationVersion, viewer).filter(annotation=note).order_by("number")
    versions = list(rows.select_related("created_by", "locus__image", "locus__video"))
    keys = [version.pk for version in versions]
    tags, sits = tags_of(keys), seen_anchors(viewer, {version.locus_id for version in versions})
    references = references_of(viewer, versions, sits=sits, revision_id=None)
    decisions = visible_to(Decision, viewer).filter(version__in=keys).select_related("reviewer", "version")
    items = SubmissionItem.objects.filter(
        version__in=keys, submission__in=visible_to(Submission, viewer).order_by().values("pk")
    )
    return NoteHistory(
        [VersionFacts(one, tags[one.pk], references[one.pk], sits.get(one.locus_id)) for one in versions],
        list(decisions.order_by("pk")),
        [(item.version, item.submission) for item in items.select_related("version", "submission__author").order_by("pk")],
        list(visible_to(VisibilityChange, viewer).filter(annotation=note).select_related("group").order_by("pk")),
        is_withheld(viewer, note), _taken_back(viewer, note),
    )  # fmt: skip


def _taken_back(viewer: Viewer, note: Annotation) -> tuple[datetime, str] | None:
    if note.status != AnnotationStatus.WITHDRAWN or note.author_id != viewer.user_id:
        return None
    acts = AuditEvent.objects.filter(
        action="annotation.withdrawn", target_kind="annotation", target_id=note.public_id
    )
    act = acts.order_by("-sequence").first()
    said = AuditDetail.objects.filter(sequence=act.sequence).first() if act else None
    return (act.at, said.words) if act and said else None
