"""Put a backup back into an empty site."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader
from django.utils import translation

from archive.actions.check_chain import check_chain
from archive.actions.reapply_erasures import reapply_erasures
from archive.errors import HashiyaError
from archive.keeping import erasures
from archive.keeping.restore import RestoreReport, restore
from archive.keeping.sets import BackupSet
from archive.models import AuditHead
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Restore a backup set."""

    help = (
        "Restores the backup set in FOLDER (TARGET/sets/<time>) into the configured, empty database and MEDIA_ROOT. "
        "Every hash and the audit chain are verified. Exit code 0: all is back; 1: something is missing, and listed."
    )
    # The database is not there yet.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, **options: Any) -> None:
        """Restore and list what is missing."""
        with translation.override("en"):
            try:
                report = restore(
                    BackupSet(options["folder"].resolve()),
                    known_migrations=_known_migrations(),
                    progress=self._say,
                )
            except HashiyaError as error:
                raise CommandError(sentence(error.code, error.params)) from error
        whole = self._tell(report)
        waiting = _known_migrations() - set(report.manifest.migrations)
        if waiting:
            self.stdout.write("The backup is of an older version. Now run: manage.py migrate")
        self._erase_again(bool(waiting))
        self.stdout.write(f"{report.restored} of {report.manifest.files} files and the database are back.")
        if not whole:
            raise SystemExit(1)

    def _erase_again(self, is_older: bool) -> None:
        """Bring what came back up to date with the list of erasures, or say that it is to be done."""
        if not any(erasures.listed()):
            return
        if is_older:
            self.stdout.write("Then run: manage.py reapply_erasures")
        else:
            self.stdout.write(f"{len(reapply_erasures())} accounts were erased again.")

    def _say(self, done: int, total: int) -> None:
        if done % 500 == 0 or done == total:
            self.stdout.write(f"{done} of {total} files")

    def _tell(self, report: RestoreReport) -> bool:
        """Print what is missing or broken; return whether all is well."""
        for sha256, why in sorted(report.absent.items()):
            self.stderr.write(f"{why.value} in the backup: {sha256}")
        breaks = list(check_chain())
        head = AuditHead.objects.get(pk=1)
        if (head.sequence, head.hash) != (report.manifest.sequence, report.manifest.chain_hash):
            breaks.append("The audit chain ends elsewhere than the backup says.")
        for words in breaks:
            self.stderr.write(words)
        return not (report.absent or breaks)


def _known_migrations() -> frozenset[str]:
    return frozenset(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
