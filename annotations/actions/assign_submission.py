"""Agree on who looks at what was handed in, and by when."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from annotations.access.reminding import is_soon
from annotations.models import Assignment, Submission
from archive.access import allows, require
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import Invalid
from archive.models import User

#: Who may be asked to decide.
DECIDE = (RoleCode.REVIEWER, RoleCode.ADMINISTRATOR)


@transaction.atomic
def assign_submission(*, submission_id: int, reviewer: str, due_on: date | None, by: User) -> Assignment:
    """Ask a reviewer (public id; none: nobody) to decide by a day; a later agreement takes the place of the one before.

    Raises NotVisible, NotAllowed, Invalid("not_a_reviewer", "day_is_over").
    """
    submission = Submission.objects.select_for_update(no_key=True).get(pk=submission_id)
    require(by, "assign", submission)
    asked = _reviewer(reviewer, submission) if reviewer else None
    if due_on is not None and due_on < timezone.localdate():
        raise Invalid("day_is_over", field="due_on")
    row, is_new = Assignment.objects.get_or_create(submission=submission, defaults={"assigned_by": by})
    before = row.reviewer_id
    if is_new or (before, row.due_on) != (asked and asked.pk, due_on):
        # Who is asked so late, or by themselves, knows the day just now; all else is told in its time.
        row.soon_told_at = timezone.now() if is_soon(due_on, timezone.localdate()) else None
        row.late_told_at = None
    row.reviewer, row.due_on, row.assigned_by = asked, due_on, by
    if not is_new:
        row.version = F("version") + 1
    row.save()
    row.refresh_from_db()
    if asked and asked.pk not in (by.pk, before):
        url = reverse("review_submission", args=[submission.public_id])
        notify("review_assigned", user=asked, url=url, submission=submission.public_id)
    record_event("submission.assigned", target=submission, by=by, due=str(due_on or ""))
    return row


def _reviewer(public_id: str, submission: Submission) -> User:
    """Return the account of somebody who may decide on it; who may not see it is like nobody."""
    rows = User.objects.filter(public_id=public_id, is_active=True, roles__code__in=DECIDE).distinct()
    found = rows.first()
    if found is None or not allows(found, "assign", submission):
        raise Invalid("not_a_reviewer", field="reviewer")
    return found
