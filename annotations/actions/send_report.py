"""Take in what a reader reports of something public."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from annotations.actions._reviewers import tell_reviewers
from annotations.enums import ReportReason
from annotations.models import Annotation, Report
from archive.actions.record_event import record_event
from archive.models.base import id_of_words, new_public_id


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
def send_report(
    *, reported: Reported, reason: ReportReason, words: str, language: str, sender: str = ""
) -> Report:
    """Return the report; nothing is kept of who wrote it, and the chain records no more than that there is one.

    The same words on the same thing by the same `sender` (a secret of one browser) are one report as long as nobody has
    answered it: its id is a keyed digest of them all, in which whoever holds the database finds no sender.
    """
    public_id = _id_of(sender, reason, words, reported.address) if sender else new_public_id()
    before = Report.objects.filter(public_id=public_id).first()
    if before is not None and not before.outcome:
        return before
    if before is not None:
        public_id = new_public_id()
    try:
        with transaction.atomic():
            return _send(public_id, reported, reason, words, language)
    except IntegrityError:
        # Pressed twice at once: the other one was quicker.
        return Report.objects.get(public_id=public_id)


def _id_of(*said: str) -> str:
    return id_of_words(salted_hmac("annotations.report", "\x00".join(said), algorithm="sha256").hexdigest())


def _send(public_id: str, reported: Reported, reason: ReportReason, words: str, language: str) -> Report:
    note = Annotation.objects.filter(public_id=reported.note).first() if reported.note else None
    made = Report.objects.create(
        public_id=public_id, reason=reason, words=words, language=language, address=reported.address[:500], label=reported.label[:400],
        annotation=note, text_id=reported.text_id, work_id=reported.work_id, image_id=reported.image_id,
        video_id=reported.video_id,
    )  # fmt: skip
    tell_reviewers("report_received", act="answer", row=made, url_name="reports")
    record_event("report.received", target=made, by=None, reason=reason)
    return made
