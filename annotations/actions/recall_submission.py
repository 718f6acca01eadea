"""Take a submission back while nobody has decided: its notes are drafts again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from annotations import transitions
from annotations.actions._locking import lock
from annotations.actions._many import Undone
from annotations.actions._places import tick
from annotations.enums import AnnotationStatus
from annotations.models import Annotation, Submission
from annotations.transitions import Act
from archive.access import permitted, visible_to
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotVisible
from archive.models import User


@transaction.atomic
def recall_submission(*, submission: str, by: User) -> Undone:
    """Make drafts of the notes of one's own submission (public id) that still wait in the version that was handed in.

    Those that were decided, revised or put elsewhere since stay as they are.
    Raises NotVisible, Invalid when none of them waits any more.
    """
    row = visible_to(Submission, by).filter(public_id=submission, author=by).first()
    if row is None:
        raise NotVisible("not_visible")
    versions = dict(row.items.values_list("version__annotation_id", "version_id"))
    own = permitted(Annotation.objects.filter(pk__in=versions, author=by), by, "revise")
    allowed = set(own.values_list("pk", flat=True))
    waiting = [
        note
        for note in lock(Annotation.objects.filter(pk__in=versions))
        if note.pk in allowed
        and note.status == AnnotationStatus.SUBMITTED
        and note.newest_version_id == versions[note.pk]
    ]
    if not waiting:
        raise Invalid("nothing_waits")
    for note in waiting:
        note.status = transitions.ANNOTATION.move(note.status, Act.REVISE)
        note.updated_at = timezone.now()
    Annotation.objects.bulk_update(waiting, ["status", "updated_at"])
    kept = len(versions) - len(waiting)
    record_event("submission.recalled", target=row, by=by, notes=len(waiting), kept=kept)
    for text_id in sorted({note.text_id for note in waiting if note.text_id}):
        tick(text_id)
    return Undone(len(waiting), kept)
