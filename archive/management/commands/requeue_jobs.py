"""Start again the background work that was given up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from archive.actions.requeue_jobs import given_up, requeue_jobs


class Command(BaseCommand):
    """Queue every job that was given up once more."""

    help = (
        "Starts again background work that failed for too long (a full disk, a database that was away, an error in "
        "the program). With --list it only tells: exit code 0: nothing was given up; 1: something was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a kind, and whether to tell only."""
        parser.add_argument("--kind", default="", help="only work of this kind, e.g. carry_over")
        parser.add_argument("--list", action="store_true", help="tell what was given up, and change nothing")

    def handle(self, **options: Any) -> None:
        """Say how many of each kind, or start them again."""
        if not options["list"]:
            count = requeue_jobs(kind=options["kind"], by=None, check=False)
            self.stdout.write(f"{count} jobs start again.")
            return
        counts = given_up(options["kind"]).order_by("kind").values_list("kind").annotate(Count("pk"))
        for kind, count in counts:
            self.stdout.write(f"{kind}: {count} given up.")
        if counts:
            raise SystemExit(1)
