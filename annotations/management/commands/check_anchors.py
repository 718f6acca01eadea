"""See that every anchor quotes the words that stand at its place."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from annotations.models import Anchor
from archive.models import TextRevision


class Command(BaseCommand):
    """Reads every anchor against its revision; exits with 1 when one does not fit."""

    help = "Check that content[start:end] is what each anchor quotes."

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
        if wrong:
            raise SystemExit(1)
