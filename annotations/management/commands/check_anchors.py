"""See that every anchor quotes the words that stand at its place."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Exists, OuterRef

from annotations.actions.carry_over import CARRY_OVER
from annotations.models import Anchor, Locus
from archive.enums import JobState
from archive.models import Job, TextRevision


class Command(BaseCommand):
    """Reads every anchor against its revision; exits with 1 when one does not fit or one is missing."""

    help = "Check that content[start:end] is what each anchor quotes, and that each place was carried over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, revision by revision."""
        checked, wrong = 0, 0
        for revision in TextRevision.objects.order_by("pk").iterator(chunk_size=10):
            rows = Anchor.objects.filter(revision=revision, start__isnull=False)
            for pk, start, end, exact in rows.values_list("pk", "start", "end", "exact").iterator():
                checked += 1
                if revision.content[start:end] != exact:
                    wrong += 1
                    self.stdout.write(f"Anchor {pk} of {revision} does not quote [{start}, {end}).")
        self.stdout.write(f"{checked} anchors checked, {wrong} wrong.")
        lost = self._tell_missing()
        if wrong or lost:
            raise SystemExit(1)

    def _tell_missing(self) -> bool:
        """Name the texts whose newest wording lacks places of earlier ones; True when nobody works on one of them."""
        here = Anchor.objects.filter(locus=OuterRef("pk"), revision=OuterRef("text__current_revision"))
        rows = Locus.objects.filter(
            ~Exists(here), anchors__isnull=False, text__current_revision__isnull=False
        )
        counts = rows.values_list("text__public_id", "text__current_revision").annotate(
            Count("pk", distinct=True)
        )
        busy = _revisions_under_way()
        lost = False
        for text, revision, count in counts.order_by("text__public_id"):
            waits = revision in busy
            lost = lost or not waits
            what = (
                "their carrying-over is under way"
                if waits
                else "nobody carries them over: manage.py requeue_jobs"
            )
            self.stdout.write(f"{count} places of text {text} have none in its newest wording; {what}.")
        return lost


def _revisions_under_way() -> set[int]:
    jobs = Job.objects.filter(kind=CARRY_OVER, state__in=[JobState.QUEUED, JobState.RUNNING])
    return set(jobs.values_list("payload__revision", flat=True))
