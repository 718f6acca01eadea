"""Check stored bytes against the hashes that were taken when they arrived."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import F, Q
from django.utils import timezone

from archive.actions.check_file import check_file
from archive.enums import Fixity
from archive.media import fixity
from archive.models import StoredFile


class Command(BaseCommand):
    """Hash every stored file again and record the answers."""

    help = (
        "Checks stored files. Exit code 0: all intact; 1: some damaged or gone; 2: some could not be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--days", type=int, help="only files not checked for so many days")
        parser.add_argument("--limit", type=int, help="at most so many files, those longest unchecked first")

    def handle(self, **options: Any) -> None:
        """Check, print what is not intact, and the totals."""
        files = fixity.with_last_check(StoredFile.objects.all()).order_by(
            F("last_at").asc(nulls_first=True), "pk"
        )
        if options["days"] is not None:
            before = timezone.now() - timedelta(days=options["days"])
            files = files.filter(Q(last_at=None) | Q(last_at__lt=before))
        totals = dict.fromkeys(Fixity, 0)
        for stored in files[: options["limit"]]:
            outcome = Fixity(check_file(stored_file=stored, by=None).outcome)
            totals[outcome] += 1
            if outcome != Fixity.INTACT:
                names = (
                    ", ".join(stored.arrivals.values_list("filename", flat=True)[:3]) or "a copy for readers"
                )
                self.stderr.write(f"{outcome.value}: {stored.sha256} ({names})")
        self.stdout.write(
            f"{totals[Fixity.INTACT]} intact, {totals[Fixity.DAMAGED]} damaged, "
            f"{totals[Fixity.UNREADABLE]} could not be checked."
        )
        if totals[Fixity.DAMAGED]:
            raise SystemExit(1)
        if totals[Fixity.UNREADABLE]:
            raise SystemExit(2)
