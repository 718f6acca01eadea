"""In whose name commands act when nobody is named."""

from __future__ import annotations

from django.db import transaction

from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import Invalid
from archive.models import Role, User

EMAIL = "commands@localhost"


@transaction.atomic
def command_account(email: str = "") -> User:
    """Return the named account; else the oldest active administrator or archivist; else one for commands.

    That one has no password, so nobody signs in with it. Raises Invalid("no_account").
    """
    active = User.objects.filter(is_active=True)
    if email:
        user = active.filter(email=email.strip().casefold()).first()
        if user is None:
            raise Invalid("no_account", email=email)
        return user
    for role in (RoleCode.ADMINISTRATOR, RoleCode.ARCHIVIST):
        user = active.filter(roles__code=role).order_by("pk").first()
        if user is not None:
            return user
    user = User.objects.create_user(EMAIL, None, display_name="Command line", language="en")
    user.roles.set(Role.objects.filter(code=RoleCode.ARCHIVIST))
    record_event("person.joined", target=user, by=None, roles=[RoleCode.ARCHIVIST.value])
    return user
