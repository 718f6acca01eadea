"""Fill the site with the demonstration collection, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from annotations.management.demo.load import is_loaded, load
from archive.presenters.demo import demo_accounts


class Command(BaseCommand):
    """Loads people, works, drawings, terms, notes and editions through the same actions as people use.

    All or nothing: interrupted, it leaves nothing and may be run again; run again, it changes nothing.
    """

    help = "Load the demonstration collection, or with --accounts tell its sign-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the choice of telling the accounts only."""
        parser.add_argument("--accounts", action="store_true", help="only tell the accounts")

    def handle(self, *args: Any, accounts: bool, **options: Any) -> None:
        """Load, or tell the accounts."""
        if not settings.DEMO:
            raise CommandError(
                "The demonstration has known passwords; set DEMO=yes on a site where that does no harm."
            )
        if accounts:
            self._tell()
        elif is_loaded():
            self.stdout.write("The demonstration collection is there already.")
        else:
            with translation.override("ar"):
                load(lambda step: self.stdout.write(f"  {step}"))

    def _tell(self) -> None:
        with translation.override("en"):
            self.stdout.write("Sign in as:")
            for account in demo_accounts():
                self.stdout.write(f"  {account.role:<14} {account.email:<28} {account.password}")
            self.stdout.write("")
