"""Answer a reader's report."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.enums import ReportOutcome
from annotations.models import Report
from archive.access import require
from archive.actions.record_event import record_event
from archive.errors import Invalid, Stale
from archive.models import User


@transaction.atomic
def answer_report(*, report_id: int, outcome: ReportOutcome, answer: str, version: int, by: User) -> Report:
    """Write down what became of a report and why; a later answer takes the place of the one before.

    Raises NotVisible, NotAllowed, Stale, Invalid("answer_missing").
    """
    row = Report.objects.select_for_update(no_key=True).get(pk=report_id)
    require(by, "answer", row)
    if row.version != version:
        raise Stale("stale", current={"outcome": row.outcome, "answer": row.answer})
    if not answer.strip():
        raise Invalid("answer_missing", field="answer")
    row.outcome, row.answer = outcome, answer
    row.answered_by, row.answered_at = by, timezone.now()
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db()
    record_event("report.answered", target=row, words=answer, by=by, outcome=outcome)
    return row
