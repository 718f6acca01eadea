"""Put a note back on its passage, by hand."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from annotations import transitions
from annotations.actions._locking import lock
from annotations.actions._places import check, new_anchor, reading_of, tick
from annotations.actions._versions import content_hash
from annotations.enums import AnchorStatus, AnnotationStatus, Category
from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    CrossReference,
    Submission,
    SubmissionItem,
    VersionTag,
)
from annotations.models.read_tags import terms_read
from annotations.transitions import Act
from annotations.values import NoteInput, TextPlace
from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Invalid, NotVisible, Stale
from archive.models import User


@transaction.atomic
def reattach(*, annotation: str, place: TextPlace, seen: int, by: User) -> Anchor:
    """Insert a further attempt at this note's place in the text's current wording; the newest attempt counts.

    `seen` is the number of the attempt that was on the screen. Saying that the carried place is right changes
    nothing else. Another place asks for approval again: a note that was handed in or accepted goes back to the
    reviewers, in a version that says the same there; one that its author is writing anew is accepted no longer.

    Raises NotVisible, NotAllowed, Stale when somebody re-attached it meanwhile, QuoteMismatch, InvalidTransition,
    Invalid.
    """
    note = (
        lock(Annotation.objects.filter(public_id=annotation))
        .select_related("newest_version__locus", "accepted_version__locus", "text", "author")
        .first()
    )
    if note is None or note.newest_version is None:
        raise NotVisible("not_visible")
    require(by, "reattach", note)
    if note.text is None or note.text.public_id != place.text:
        raise Invalid("place_outside", field="place")
    reading = reading_of(place.text, by=by)
    check(reading, place)
    locus = _placed(note, by).locus
    before = Anchor.objects.filter(locus=locus, revision=reading.revision_id).order_by("-attempt").first()
    attempt = before.attempt if before else 0
    if attempt != seen:
        raise Stale("stale", current=attempt, given=seen)
    anchor = new_anchor(reading, place, locus, by=by, attempt=attempt + 1, method="reattached")
    anchor.status = AnchorStatus.MOVED
    anchor.save()
    confirmed = before is not None and (before.start, before.end) == (anchor.start, anchor.end)
    after = transitions.ANNOTATION.move(note.status, Act.REATTACH)
    if not confirmed:
        _take_approval_away(note, anchor)
        if after == AnnotationStatus.SUBMITTED:
            _ask_again(note, anchor, by)
    bump_epoch()
    refresh_search("annotation", note.pk, by=by)
    record_event(
        "annotation.reattached", target=note, by=by, revision=reading.number, attempt=attempt + 1,
        start=anchor.start, end=anchor.end, before=before.status if before else "",
    )  # fmt: skip
    tick(note.text_id, revision_id=reading.revision_id)
    return anchor


def _take_approval_away(note: Annotation, anchor: Anchor) -> None:
    """Let nothing stand as accepted on a passage that no reviewer saw, also while its author writes it anew."""
    if note.accepted_version is None or note.accepted_version.locus_id != anchor.locus_id:
        return
    note.accepted_version, note.updated_at = None, timezone.now()
    note.save(update_fields=["accepted_version", "updated_at"])


def _placed(note: Annotation, by: User) -> AnnotationVersion:
    """Return the version whose place is meant: of a note that its author is writing anew, others know the accepted one."""
    version = note.newest_version
    assert version is not None
    if note.author_id != by.pk and note.status == AnnotationStatus.DRAFT and note.accepted_version:
        version = note.accepted_version
    return version


def _ask_again(note: Annotation, anchor: Anchor, by: User) -> None:
    """Hand the note in as it is, on its new place; its author stays its author, whoever put it there."""
    before = note.newest_version
    assert before is not None
    terms = terms_read([before.pk]).get(before.pk, [])
    references = list(before.references.select_related("target", "target_annotation"))
    said = NoteInput(body=before.body, language=before.language, category=Category(before.category))
    digest = content_hash(said, terms=terms, references=references, locus=before.locus, exact=anchor.exact)
    version = AnnotationVersion.objects.create(
        annotation=note, number=before.number + 1, locus=before.locus, category=before.category, body=before.body,
        language=before.language, content_hash=digest, created_by=by,
    )  # fmt: skip
    VersionTag.objects.bulk_create([VersionTag(version=version, term=term) for term in terms])
    CrossReference.objects.bulk_create(
        CrossReference(
            version=version, relation=row.relation, target_id=row.target_id, citation=row.citation, note=row.note,
            is_inverse=row.is_inverse, note_language=row.note_language, target_annotation_id=row.target_annotation_id,
        )
        for row in references
    )  # fmt: skip
    submission = Submission.objects.create(author=note.author)
    SubmissionItem.objects.create(submission=submission, version=version)
    note.newest_version, note.accepted_version = version, None
    note.status, note.updated_at = AnnotationStatus.SUBMITTED, timezone.now()
    note.save(update_fields=["newest_version", "accepted_version", "status", "updated_at"])
