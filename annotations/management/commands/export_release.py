"""Write a release in one of the export formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.editions.reading import releases
from annotations.exports import FORMATS
from annotations.exports.given import given_of
from annotations.exports.shelf import made
from annotations.presenters.kept_exports import bytes_of
from annotations.presenters.released import issue_of
from archive.access import ANYBODY, visible_to
from archive.errors import HashiyaError


class Command(BaseCommand):
    """What anybody may download from the release's page, and with --any also a release that is not public."""

    help = (
        "Write a release as site, pdf, epub, docx, markdown, text, tei, iiif, jsonld, csv, json (the canonical snapshot) or "
        "bundle (all of them) to a file or to standard output."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the release, the format and where to write."""
        parser.add_argument("slug", help="address of the edition")
        parser.add_argument("number", type=int, help="number of the release")
        parser.add_argument("--format", choices=sorted(FORMATS), default="jsonld", help="how it is written")
        parser.add_argument("--output", "-o", default="-", help="file to write; - is standard output")
        parser.add_argument("--any", action="store_true", help="also what is sealed, scheduled or withdrawn")

    def handle(self, *args: Any, slug: str, number: int, **options: Any) -> None:
        """Write the bytes as they come."""
        rows = releases() if options["any"] else visible_to(releases(), ANYBODY)
        release = rows.filter(edition__slug=slug, number=number).first()
        if release is None:
            raise CommandError(f"There is no public release {number} of {slug!r} (see --any).")
        try:
            issue = issue_of(release)
            given = given_of(issue, kept=lambda form: bytes_of(made(issue, form)))
            chunks = FORMATS[options["format"]].write(given)
        except HashiyaError as error:
            raise CommandError(
                "Something in this release was hidden since it was sealed, so its exact bytes cannot be given."
            ) from error
        if options["output"] == "-":
            stream = getattr(self.stdout, "buffer", None) or sys.stdout.buffer
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            return
        with Path(options["output"]).open("wb") as file:
            file.writelines(chunks)
