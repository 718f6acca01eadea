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


def make_people() -> dict[str, User]:
    """Return one account per role, and a member without any."""
    people = {code.value: make_user(f"{code}@example.org", code) for code in RoleCode}
    people["member"] = make_user("member@example.org")
    return people
