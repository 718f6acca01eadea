"""Short ways to have things in a test; they go through the actions wherever there is one."""

from __future__ import annotations

from archive.enums import RoleCode
from archive.models import Role, User


def make_user(email: str = "somebody@example.org", *roles: str, name: str = "", **fields: object) -> User:
    """Return an account with these roles."""
    user = User.objects.create_user(
        email, "correct horse battery", display_name=name or email.split("@")[0], **fields
    )
    user.roles.set(Role.objects.filter(code__in=roles))
    return user


#: Keys of those whom most tests know: on PostgreSQL too the same in each test, so that what is kept of a viewer serves the next.
FIRST_OF_PEOPLE = 1_000_001


def make_people() -> dict[str, User]:
    """Return one account per role, and a member without any."""
    people = {
        code.value: make_user(f"{code}@example.org", code, pk=key)
        for key, code in enumerate(RoleCode, start=FIRST_OF_PEOPLE)
    }
    people["member"] = make_user("member@example.org", pk=FIRST_OF_PEOPLE + len(RoleCode))
    return people
