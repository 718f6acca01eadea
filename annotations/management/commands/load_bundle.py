"""Load the bundle of a release, and say under which hash it is here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.reading import read_snapshot
from annotations.models import Release
from archive.actions.bring_in import bring_in
from archive.actions.command_account import command_account
from archive.errors import HashiyaError
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Verify a bundle and load it, all or nothing."""

    help = (
        "Verifies the bundle at PATH (a folder or a ZIP archive, as a release's page gives it) and loads the work, its "
        "text and pictures, the edition and the sealed release, under the ids and the hash that they had. All or nothing. "
        "The release lies sealed on the editors' desk: publish it there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--by", default="", metavar="EMAIL", help="in whose name")

    def handle(self, path: Path, **options: Any) -> None:
        """Load it, and work the hash of each release out anew."""
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        with translation.override("en"):
            try:
                root = bring_in(path=path, by=command_account(options["by"]))
            except HashiyaError as error:
                raise CommandError(sentence(error.code, error.params)) from error
        rows = Release.objects.filter(edition__work__public_id=root.public_id).select_related("edition")
        for release in rows:
            digest = manifest_hash(dumps(read_snapshot(release)))
            if digest != release.manifest_hash:
                raise CommandError(f"Release {release.number} has another hash here: {digest}.")
            self.stdout.write(f"{release.edition.slug} {release.number} sha256:{digest}")
