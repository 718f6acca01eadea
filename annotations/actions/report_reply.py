"""Say that a reply should not stand, and answer that."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from annotations.actions._talk import locked_reply
from annotations.enums import Gone
from annotations.models import Reply, ReplyReport
from archive.access import allows
from archive.actions.notify import notify_again
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import Conflict, Invalid
from archive.models import User

MAX_REASON = 2_000


@transaction.atomic
def report_reply(*, reply: str, reason: str, by: User) -> ReplyReport:
    """Report a reply (public id) to those who answer reports and may see it; the same person's second one is the first.

    Raises NotVisible, NotAllowed, Conflict, Invalid without a reason.
    """
    row = locked_reply(reply, act="report", by=by)
    words = reason.strip()
    if not words:
        raise Invalid("report_reason", field="reason")
    if len(words) > MAX_REASON:
        raise Invalid("too_long", field="reason", limit_length=MAX_REASON)
    waiting = ReplyReport.objects.filter(reply=row, created_by=by, answered_at=None).first()
    if waiting is not None:
        return waiting
    report = ReplyReport.objects.create(reply=row, reason=words, created_by=by)
    _tell(row)
    record_event("reply.reported", target=row, words=words, by=by)
    return report


@transaction.atomic
def answer_reports(*, reply: str, remove: bool, by: User) -> Reply:
    """Let a reported reply (public id) stand, or take it away with a gap that says so; its reports are answered.

    Raises NotVisible, NotAllowed, Conflict when nothing waits for an answer.
    """
    row = locked_reply(reply, act="moderate", by=by)
    waiting = ReplyReport.objects.filter(reply=row, answered_at=None)
    if not waiting.update(answered_by=by, answered_at=timezone.now()):
        raise Conflict("report_answered")
    if remove:
        row.gone = Gone.REMOVED
        row.save(update_fields=["gone"])
    record_event("reply.removed" if remove else "reply.kept", target=row, by=by)
    return row


def _tell(row: Reply) -> None:
    reviewers = User.objects.filter(roles__code__in=(RoleCode.REVIEWER, RoleCode.ADMINISTRATOR))
    keys = {*reviewers.values_list("pk", flat=True)}
    if row.group is not None:
        keys |= {key for key in (row.group.keeper_id, row.annotation.author_id) if key}
    for person in User.objects.filter(pk__in=keys, is_active=True).order_by("pk"):
        if allows(person, "moderate", row):
            with override(person.language):
                url = reverse("talk", args=[row.annotation.public_id])
            notify_again("talk_report", user=person, url=url, reply=row.public_id)
