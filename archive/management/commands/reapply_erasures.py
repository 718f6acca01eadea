"""Erase again what a restored backup brought back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.actions.reapply_erasures import reapply_erasures
from archive.keeping import erasures


class Command(BaseCommand):
    """Bring a restored site up to date with the list of erasures."""

    help = (
        "Erases again the personal data of every account in the list of erasures (ERASURE_LIST, or --list FILE): "
        "a backup of before an erasure brings it back. Run it after every restore, before the site is opened."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--list", type=Path, default=None, metavar="FILE", help="another list than the configured"
        )

    def handle(self, **options: Any) -> None:
        """Erase, and say how many."""
        path = options["list"] or erasures.place()
        if options["list"] and not path.is_file():
            raise CommandError(f"There is no file {path}.")
        done = reapply_erasures(path)
        self.stdout.write(
            f"{len(done)} accounts were erased again; {len(list(erasures.listed(path)))} are in {path}."
        )
