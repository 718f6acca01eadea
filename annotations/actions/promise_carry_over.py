"""Promise the carrying-over of notes, before and after a wording is accepted."""

from __future__ import annotations

from django.db import transaction

from annotations.actions.carry_over import CARRY_OVER, PREVIEW_CARRY_OVER
from archive.actions.enqueue import enqueue
from archive.models import Job, TextDraft, TextRevision, User


@transaction.atomic
def promise_carry_over(*, revision_id: int, by: User | None) -> Job | None:
    """Queue the carrying-over into this revision; None for a first one, which has nothing before it."""
    if not TextRevision.objects.filter(pk=revision_id, number__gt=1).exists():
        return None
    return enqueue(CARRY_OVER, dedupe_key=str(revision_id), by=by, revision=revision_id)


@transaction.atomic
def promise_preview(*, draft_id: int, by: User | None) -> Job | None:
    """Queue the preview of a draft that has a wording before it, and let the draft name its job."""
    if not TextDraft.objects.filter(pk=draft_id, base__isnull=False).exists():
        return None
    job = enqueue(PREVIEW_CARRY_OVER, dedupe_key=str(draft_id), by=by, draft=draft_id)
    TextDraft.objects.filter(pk=draft_id).update(preview_job=job)
    return job
