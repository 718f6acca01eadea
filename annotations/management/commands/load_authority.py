"""Load an authority file from a table."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from annotations.actions.load_authority import load_authority
from annotations.authorities import SCHEMES
from annotations.exchange.csv_authority import MOST_BYTES
from archive.actions.command_account import command_account
from archive.actions.receive_file import receive_file
from archive.actions.run_job import run_job
from archive.enums import JobState
from archive.errors import HashiyaError
from archive.models import Job
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """The same as *Desk → Vocabulary → Authority files*."""

    help = "Load a table (CSV: id, name, language, type, latitude, longitude, dates, variants, description) as an authority file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("path", type=Path, metavar="PATH", help="the table, in UTF-8")
        parser.add_argument("--name", required=True, help="what the file is called at the desk")
        parser.add_argument(
            "--scheme", default="", choices=["", *SCHEMES], help="the authority that it is a part of"
        )
        parser.add_argument(
            "--address", default="", help="of another authority: what stands before an id in addresses"
        )
        parser.add_argument(
            "--closed", action="store_true", help="for keepers alone, not for tools without an account"
        )
        parser.add_argument(
            "--replace", default="", metavar="ID", help="the id of an authority file that it replaces"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Send the table in and wait until it is loaded."""
        translation.activate("en")
        by = command_account()
        try:
            with path.open("rb") as file:
                arrival = receive_file(
                    source=file, filename=path.name, max_bytes=MOST_BYTES, by=by, check=False
                )
            made = load_authority(
                arrival=arrival, name=options["name"], scheme=options["scheme"], address=options["address"],
                is_open=not options["closed"], file=options["replace"], by=by,
            )  # fmt: skip
        except OSError as error:
            raise CommandError(str(error)) from error
        except HashiyaError as error:
            raise CommandError(sentence(error.code, error.params)) from error
        assert made.job is not None
        run_job(made.job.pk)
        job = Job.objects.get(pk=made.job.pk)
        if job.state == JobState.FAILED:
            raise CommandError(sentence(job.message.get("code", ""), job.message.get("params", {})))
        made.refresh_from_db()
        self.stdout.write(f"{made.public_id}: {made.count} entries")
        for row in made.left_out:
            self.stdout.write(f"  line {row['line']}: {sentence(row['code'], {})}")
