"""Bring in a bag that `export_work` or the desk made."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from archive.actions.bring_in import bring_in
from archive.actions.command_account import command_account
from archive.errors import HashiyaError
from archive.models.described import DescribedModel
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Load a package, all or nothing."""

    help = (
        "Verifies the bag at PATH (a folder or a ZIP archive) and loads the work or collection in it, with its "
        "descriptions, files, texts, revisions, figures and notes, under the ids that they had. All or nothing. The "
        "authors of notes are credited by name; you stand for what you bring in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--by", default="", metavar="EMAIL", help="in whose name")

    def handle(self, path: Path, **options: Any) -> None:
        """Load it and say where it is."""
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        with translation.override("en"):
            try:
                root = bring_in(path=path, by=command_account(options["by"]))
            except HashiyaError as error:
                raise CommandError(sentence(error.code, error.params)) from error
        self.tell(root)

    def tell(self, root: DescribedModel) -> None:
        """Say where what was brought in is."""
        self.stdout.write(f"{root._meta.model_name} {root.slug} ({root.public_id})")
