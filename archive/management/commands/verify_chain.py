"""Check the record of acts from its first event to its head."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from archive.actions.check_chain import check_chain
from archive.models import AuditEvent


class Command(BaseCommand):
    """Recompute every hash of the audit chain."""

    help = "Checks the audit chain. Exit code 0: whole; 1: broken, each break on a line of its own."

    def handle(self, **options: Any) -> None:
        """Print the breaks, or how long the whole chain is."""
        breaks = list(check_chain())
        for words in breaks:
            self.stderr.write(words)
        if breaks:
            raise SystemExit(1)
        self.stdout.write(f"The chain of {AuditEvent.objects.count()} events is whole.")
