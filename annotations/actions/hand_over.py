"""Give a leaving person's unfinished notes to a colleague."""

from __future__ import annotations

from django.db import transaction

from annotations.access.notes import can_be_handed_over
from annotations.actions._locking import lock
from annotations.actions._places import tick
from annotations.models import Annotation
from archive.access import may, require
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed
from archive.models import User


@transaction.atomic
def hand_over(*, giver: User, taker: User, by: User) -> int:
    """Let `taker` go on with the open drafts and returned notes of `giver`; return how many.

    What was written keeps the name of who wrote it (a version's `created_by`); private notes are nobody else's
    and stay, a group's are the group's. Raises NotAllowed, Invalid("taker_cannot_write").
    """
    require(by, "change", giver)
    if giver.is_active:
        raise NotAllowed("not_allowed", action="hand_over")
    if not may(taker, "add", Annotation) or taker.pk == giver.pk:
        raise Invalid("taker_cannot_write", field="taker")
    notes = lock(can_be_handed_over(giver))
    ids, texts = zip(*[(note.pk, note.text_id) for note in notes], strict=True) if notes else ((), ())
    Annotation.objects.filter(pk__in=ids).update(author=taker)
    if ids:
        notify(
            "notes_handed_over",
            user=taker,
            url="",
            count=len(ids),
            giver=giver.display_name,
            giver_id=giver.public_id,
        )
    record_event("notes.handed_over", target=giver, by=by, taker=taker.public_id, notes=len(ids))
    for text_id in sorted({text for text in texts if text}):
        tick(text_id)
    return len(ids)
