"""Make a backup that can be verified and restored."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from archive.actions.note_backup import note_backup
from archive.errors import HashiyaError
from archive.keeping.backup import BackupReport, make_backup
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Back up the database and every file."""

    help = (
        "Writes a backup set into TARGET: the database at one moment and every file it speaks of; files that earlier "
        "sets brought are not copied again. Exit code 0: complete; 1: some files of the archive are damaged or gone. "
        "The site may go on working meanwhile. Verify it anywhere with: cd TARGET && sha256sum -c sets/*/SHA256SUMS"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("target", type=Path, metavar="TARGET", help="a folder, best on another disk")
        parser.add_argument("--keys", type=Path, metavar="FOLDER",
                            help="also write the site's secrets into this folder, which must be another one")  # fmt: skip
        parser.add_argument(
            "--verify", action="store_true", help="hash again what earlier sets brought, and mend it"
        )

    def handle(self, **options: Any) -> None:
        """Make the set and say what is in it."""
        target: Path = options["target"].resolve()
        keys: Path | None = options["keys"] and options["keys"].resolve()
        _refuse_places(target, keys)
        with translation.override("en"):
            try:
                report = make_backup(
                    target, now=timezone.now(), hash_present=options["verify"], progress=self._say
                )
            except HashiyaError as error:
                raise CommandError(sentence(error.code, error.params)) from error
        note_backup(manifest=report.manifest, absent=len(report.absent), by=None)
        if keys:
            self.stdout.write(f"Secrets: {_write_keys(keys)}. Keep them apart from the backup.")
        self._tell(report)

    def _say(self, done: int, total: int) -> None:
        if done % 500 == 0 or done == total:
            self.stdout.write(f"{done} of {total} files")

    def _tell(self, report: BackupReport) -> None:
        for sha256, why in sorted(report.lost.items()):
            kept = "" if sha256 in report.absent else "; the backup holds good bytes of an earlier set"
            self.stderr.write(f"{why.value}: {sha256}{kept}")
        size = report.manifest.bytes / 1024 / 1024
        self.stdout.write(
            f"{report.folder}\n{report.manifest.files} files ({size:.1f} MB), {report.copied} of them copied now; "
            f"audit chain up to event {report.manifest.sequence}."
        )
        if report.lost:
            raise SystemExit(1)


def _refuse_places(target: Path, keys: Path | None) -> None:
    media = Path(settings.MEDIA_ROOT).resolve()
    if target == media or media in target.parents:
        raise CommandError(
            "The backup would lie inside of MEDIA_ROOT and be lost with it. Choose another folder."
        )
    if keys and (keys == target or target in keys.parents):
        raise CommandError("The secrets would lie inside of the backup. Choose another folder for --keys.")


def _write_keys(folder: Path) -> Path:
    """Write what the database's bytes alone do not hold and a restored site needs; readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "hashiya-secrets.env"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)
        file.write(f"SECRET_KEY={settings.SECRET_KEY}\n")
    return path
