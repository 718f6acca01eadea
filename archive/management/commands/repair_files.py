"""Put good bytes of the replica in the place of damaged ones."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from archive.actions.repair_file import repair_file
from archive.errors import HashiyaError
from archive.media import fixity
from archive.outside.store import StoreError
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Repair every file whose last check did not find it intact."""

    help = (
        "Repairs files that the last check found damaged, gone or unreadable, from REPLICA_ROOT or the storage elsewhere; damaged bytes are "
        "set aside in MEDIA_ROOT/damaged. Exit code 0: all are intact now; 1: some could not be repaired, and why."
    )

    def handle(self, **options: Any) -> None:
        """Repair, and say what became of each file."""
        failed = 0
        for stored in list(fixity.not_intact().order_by("pk")):
            try:
                outcome = repair_file(stored_file=stored, by=None, check=False).outcome
                self.stdout.write(f"{outcome}: {stored.sha256}")
            except StoreError as error:
                failed += 1
                with translation.override("en"):
                    self.stderr.write(f"{stored.sha256}: {sentence(error.code, {})}")
            except HashiyaError as error:
                if error.code == "file_intact":
                    continue
                failed += 1
                with translation.override("en"):
                    self.stderr.write(f"{stored.sha256}: {sentence(error.code, error.params)}")
        if failed:
            raise SystemExit(1)
