"""The demonstration's accounts, told on the sign-in page and in the terminal; only when DEMO is set."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from archive.models import User

#: Every demonstration account has it; they exist only where DEMO is set.
PASSWORD = "hashiya-demo"  # noqa: S105 - printed on purpose.


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One way in."""

    name: str
    email: str
    role: str
    sentence: str
    password: str = PASSWORD


def demo_accounts() -> list[DemoAccount]:
    """Return one line per demonstration account; none on any other site."""
    if not settings.DEMO:
        return []
    accounts = User.objects.filter(is_demo=True, is_active=True).prefetch_related("roles").order_by("pk")
    found = []
    for account in accounts:
        role = next(iter(account.roles.all()), None)
        found.append(
            DemoAccount(
                account.display_name, account.email, role.name if role else "", role.sentence if role else ""
            )
        )
    return found
