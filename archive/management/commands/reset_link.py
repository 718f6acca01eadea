"""Let somebody in who forgot the password, on a site that sends no mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.actions.make_reset_link import make_reset_link
from archive.actions.remove_second_factor import remove_second_factor as remove_factor
from archive.errors import Invalid
from archive.models import User


class Command(BaseCommand):
    """Prints a link that sets a new password for an account."""

    help = "Print a link that sets a new password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's address."""
        parser.add_argument("email")
        parser.add_argument(
            "--remove-second-factor",
            action="store_true",
            help="also remove the account's second factor and recovery codes, when both are lost",
        )

    def handle(self, *args: Any, email: str, remove_second_factor: bool, **options: Any) -> None:
        """Find the account, remove its second factor if asked to, and print the link."""
        user = User.objects.filter(email=email.strip().casefold(), is_active=True).first()
        if user is None:
            raise CommandError(f"No active account has the address {email}.")
        if remove_second_factor:
            try:
                remove_factor(user=user, by=None)
            except Invalid:
                raise CommandError(f"{email} has no second factor.") from None
        self.stdout.write(f"{settings.PUBLIC_URL}{make_reset_link(user=user, by=None)}")
