"""Keep the interface's languages complete."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.management import catalogue


class Command(BaseCommand):
    """`--update` reads the sources into the .po file, `--compile` makes the .mo files, `--missing` lists gaps."""

    help = "Update, compile or check the interface translations."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one of three acts."""
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--update", action="store_true", help="read the sources into the .po file")
        act.add_argument("--compile", action="store_true", help="write the .mo files")
        act.add_argument(
            "--missing", action="store_true", help="list what has no Arabic; fail if there is any"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what was done."""
        if options["update"]:
            count = len(list(catalogue.update()))
            catalogue.compile_all()
            self.stdout.write(f"{count} strings, {len(catalogue.missing())} without Arabic.")
        elif options["compile"]:
            self.stdout.write(f"{catalogue.compile_all()} catalogues compiled.")
        else:
            lacking = catalogue.missing()
            self.stdout.write("\n".join(lacking) or "Every string has its Arabic.")
            if lacking:
                raise SystemExit(1)
