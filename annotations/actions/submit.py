"""Hand notes in for review."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from annotations import transitions
from annotations.actions._locking import lock
from annotations.actions._many import chosen
from annotations.actions._places import tick
from annotations.actions._reviewers import tell_reviewers
from annotations.models import Annotation, AnnotationVersion, Submission, SubmissionItem
from annotations.transitions import Act
from archive.access import permitted, require_may
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed, Stale
from archive.models import User

MAX_MESSAGE = 5_000
SCOPE = "submission"


def submit(
    *, version_ids: Sequence[str], message: str = "", idempotency_key: str = "", by: User
) -> Submission:
    """Hand in these versions (public ids) together: all of them or none.

    Raises NotAllowed when one is not the person's own open draft, Stale when one has been revised since,
    InvalidTransition, Invalid.
    """
    return once(
        Submission, scope=SCOPE, key=idempotency_key, make=lambda: _submit(version_ids, message, by), by=by
    )


@transaction.atomic
def _submit(version_ids: Sequence[str], message: str, by: User) -> Submission:
    require_may(by, "add", Submission)
    wanted = chosen(version_ids, field="annotations")
    if len(message) > MAX_MESSAGE:
        raise Invalid("too_long", field="message", limit_length=MAX_MESSAGE)
    notes = _locked(wanted, by)
    submission = Submission(author=by, message=message.strip())
    Submission.objects.bulk_create([submission])
    SubmissionItem.objects.bulk_create(
        [SubmissionItem(submission=submission, version_id=note.newest_version_id) for note in notes]
    )
    for note in notes:
        note.status = transitions.ANNOTATION.move(note.status, Act.SUBMIT)
        note.updated_at = timezone.now()
    Annotation.objects.bulk_update(notes, ["status", "updated_at"])
    record_event(
        "submission.made", target=submission, words=submission.message, by=by, versions=sorted(wanted)
    )
    tell_reviewers("notes_handed_in", act="assign", row=submission, url_name="review_queue")
    for text_id in sorted({note.text_id for note in notes if note.text_id}):
        tick(text_id)
    return submission


def _locked(version_ids: Sequence[str], by: User) -> list[Annotation]:
    """Return the notes of these versions, locked, in the order of the versions."""
    versions = AnnotationVersion.objects.filter(public_id__in=version_ids, annotation__author=by)
    of = dict(versions.values_list("public_id", "annotation_id"))
    rows = lock(Annotation.objects.filter(pk__in=set(of.values())))
    notes = {note.pk: note for note in rows.select_related("newest_version")}
    allowed = set(
        permitted(Annotation.objects.filter(pk__in=notes), by, "submit").values_list("pk", flat=True)
    )
    chosen = []
    for public_id in version_ids:
        note = notes.get(of.get(public_id, 0))
        if note is None:
            raise NotAllowed("not_allowed", action="submit")
        newest = note.newest_version
        if newest is None or newest.public_id != public_id:
            raise Stale("stale", current=newest.public_id if newest else "", given=public_id)
        transitions.ANNOTATION.move(note.status, Act.SUBMIT)
        if note.pk not in allowed:
            raise NotAllowed("not_allowed", action="submit")
        chosen.append(note)
    return chosen
