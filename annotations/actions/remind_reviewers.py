"""Remind reviewers of what they were asked to decide on: once before its day, and once when that is over."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from annotations.access.reminding import SOON, reminder_of, to_remind, waiting_among
from annotations.models import Assignment, Submission
from archive.actions.notify import notify
from archive.models import User


def remind_reviewers(*, today: date | None = None) -> int:
    """Leave the reminders that are due, and return how many.

    It may run as often as anybody likes, and be killed anywhere: a reminder and that it was given are written as one.
    """
    day = today or timezone.localdate()
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    for row in to_remind(day).iterator():
        by_person[row.reviewer_id or 0].append(row)
    people = User.objects.in_bulk(list(by_person))
    told = 0
    for key, rows in by_person.items():
        waiting = waiting_among(people[key], [row.submission_id for row in rows])
        told += sum(_remind(row, day) for row in rows if row.submission_id in waiting)
    return told


@transaction.atomic
def _remind(seen: Assignment, today: date) -> bool:
    """Remind of one assignment, unless it was done or another was agreed on meanwhile."""
    # As whoever assigns does: so neither overtakes the other.
    submission = Submission.objects.select_for_update(no_key=True).get(pk=seen.submission_id)
    row = Assignment.objects.select_related("reviewer").get(pk=seen.pk)
    code, person = reminder_of(row, today), row.reviewer
    if not code or person is None or not person.is_active or not waiting_among(person, [submission.pk]):
        return False
    with override(person.language):
        url = reverse("review_submission", args=[submission.public_id])
    notify(code, user=person, url=url, submission=submission.public_id, due=str(row.due_on))
    told = "soon_told_at" if code == SOON else "late_told_at"
    Assignment.objects.filter(pk=row.pk).update(**{told: timezone.now()})
    return True
