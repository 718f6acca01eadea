"""Which notices of annotations still concern their reader: what they lead to is asked for again before a mail tells it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, QuerySet

from annotations.access.reminding import LATE, SOON, still_due
from annotations.access.reviewing import waiting_items
from annotations.models import Reply, ReplyReport, Report, Submission
from archive.access import permitted, visible_to
from archive.access.notices import Check, always, naming
from archive.models import Notice, Text, User


def _assigned(user: User) -> QuerySet[Model]:
    """What this person, and nobody else by now, was asked to decide on."""
    return visible_to(Submission, user).filter(assignment__reviewer=user)


def _replies(user: User) -> QuerySet[Model]:
    return visible_to(Reply, user).filter(gone="")


def _reported(user: User) -> QuerySet[Model]:
    """Replies with a report that waits for this person's answer."""
    waiting = ReplyReport.objects.filter(answered_at=None).values("reply")
    return permitted(Reply, user, "moderate").filter(pk__in=waiting)


def _queue(notices: Iterable[Notice], user: User) -> set[int]:
    return always(notices, user) if waiting_items(user).exists() else set()


def _reports(notices: Iterable[Notice], user: User) -> set[int]:
    return always(notices, user) if visible_to(Report, user).filter(outcome="").exists() else set()


#: By code: heading and check.
CHECKS: dict[str, tuple[str, Check]] = {
    "review_assigned": ("review", naming("submission", _assigned)),
    SOON: ("review", still_due),
    LATE: ("review", still_due),
    "notes_handed_in": ("review", _queue),
    "notes_decided": ("decided", always),
    "talk_mention": ("talk", naming("reply", _replies)),
    "talk_reply": ("talk", naming("reply", _replies)),
    "talk_report": ("reports", naming("reply", _reported)),
    "report_received": ("reports", _reports),
    "notes_lost_place": ("notes", naming("text", lambda user: visible_to(Text, user))),
    "notes_handed_over": ("notes", always),
    "notes_brought_in": ("notes", always),
}
