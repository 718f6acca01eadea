"""Whose review is due: what somebody was asked to decide on by a day, of which something still waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.access.reviewing import waiting_items
from annotations.models import Assignment
from archive.access import visible_to
from archive.models import Notice, User

#: So many days before its day somebody is reminded of a review; who is asked later than that was told just then.
DAYS_BEFORE = 2
#: Of a day that was over for longer when the reminders first ran, nobody is told any more: the queue shows it.
DAYS_AFTER = 30
SOON, LATE = "review_due_soon", "review_overdue"


def is_soon(due_on: date | None, today: date) -> bool:
    """Whether that day is near, and not over."""
    return due_on is not None and today <= due_on <= today + timedelta(days=DAYS_BEFORE)


def reminder_of(row: Assignment, today: date) -> str:
    """Return the reminder (its code) that whoever is to decide has not had yet; empty when there is none to give.

    That something waits for them is not looked at.
    """
    if row.reviewer_id is None or row.due_on is None or row.late_told_at is not None:
        return ""
    if row.due_on < today:
        return LATE
    return SOON if row.soon_told_at is None and is_soon(row.due_on, today) else ""


def to_remind(today: date) -> QuerySet[Assignment]:
    """Return the assignments that may need a reminder today, those of one person together."""
    near = Q(due_on__range=(today, today + timedelta(days=DAYS_BEFORE)), soon_told_at=None)
    over = Q(due_on__range=(today - timedelta(days=DAYS_AFTER), today - timedelta(days=1)))
    rows = Assignment.objects.filter(near | over, late_told_at=None, reviewer__is_active=True)
    return rows.order_by("reviewer", "pk")


def waiting_among(person: User, submissions: Iterable[int]) -> set[int]:
    """Return those of these submissions (keys) in which something waits for a person."""
    rows = waiting_items(person).filter(submission__in=list(submissions)).order_by()
    return set(rows.values_list("submission_id", flat=True))


def still_due(notices: Iterable[Notice], user: User) -> set[int]:
    """Return the reminders (keys) that are still to the point: of that day, and of what waits for this person."""
    told = {
        notice.pk: (notice.params.get("submission"), notice.params.get("due"), notice.code)
        for notice in notices
    }
    rows = visible_to(Assignment, user).filter(
        reviewer=user, submission__public_id__in={submission for submission, _due, _code in told.values()}
    )
    found = {row.submission.public_id: row for row in rows.select_related("submission")}
    waiting = waiting_among(user, [row.submission_id for row in found.values()])
    today = timezone.localdate()

    def is_due(submission: str, due: str, code: str) -> bool:
        row = found.get(submission)
        if row is None or row.due_on is None or row.submission_id not in waiting:
            return False
        return str(row.due_on) == due and (code == LATE) == (row.due_on < today)

    return {pk for pk, said in told.items() if is_due(*said)}
