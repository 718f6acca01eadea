"""Take in what a reader reports of something public."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from annotations.actions._reviewers import tell_reviewers
from annotations.enums import ReportReason
from annotations.models import Annotation, Report
from archive.actions.record_event import record_event


@dataclass(frozen=True, slots=True)
class Reported:
    """What is meant, as anybody sees it: its address and name, and the rows by which access to the report is decided."""

    address: str
    label: str
    #: Public id of a released note; empty for all else.
    note: str = ""
    text_id: int | None = None
    work_id: int | None = None
    image_id: int | None = None
    video_id: int | None = None


@transaction.atomic
def send_report(*, reported: Reported, reason: ReportReason, words: str, language: str) -> Report:
    """Return the report; nothing is kept of who wrote it, and the chain records no more than that there is one."""
    note = Annotation.objects.filter(public_id=reported.note).first() if reported.note else None
    made = Report.objects.create(
        reason=reason, words=words, language=language, address=reported.address[:500], label=reported.label[:400],
        annotation=note, text_id=reported.text_id, work_id=reported.work_id, image_id=reported.image_id,
        video_id=reported.video_id,
    )  # fmt: skip
    tell_reviewers("report_received", act="answer", row=made, url_name="reports")
    record_event("report.received", target=made, by=None, reason=reason)
    return made
