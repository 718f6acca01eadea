"""Let the first administrator in."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from archive.actions.make_reset_link import make_reset_link
from archive.actions.record_event import record_event
from archive.models import User


class Command(BaseCommand):
    """Makes an administrator on an empty site and prints the link that sets the password."""

    help = "Make an administrator; prints a link that sets the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address and the name."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the name shown on the site")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        """Make the account, or refuse when the address has one."""
        try:
            validate_email(email)
        except Exception:
            raise CommandError(f"{email} is not an e-mail address.") from None
        if User.objects.filter(email=email.strip().casefold()).exists():
            raise CommandError(f"{email} has an account already; use: manage.py reset_link {email}")
        with transaction.atomic():
            user = User.objects.create_superuser(
                email, secrets.token_urlsafe(32), display_name=name or email.split("@")[0]
            )
            link = make_reset_link(user=user, by=None)
            record_event("person.joined", target=user, by=None)
        self.stdout.write(f"{email} is an administrator. Set the password at:\n{settings.PUBLIC_URL}{link}")
