"""Let somebody in who lost their second factor and its recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from archive.access import require
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed
from archive.models import User


@transaction.atomic
def remove_second_factor(*, user: User, by: User | None) -> None:
    """Delete an account's second factor and recovery codes; it must add one anew before it publishes again.

    `by` is None for the command on the server. One's own is removed on one's own pages, which ask for it.

    Raises NotAllowed, and Invalid("no_second_factor").
    """
    if by is not None:
        require(by, "change", user)
        if by.pk == user.pk:
            raise NotAllowed("not_allowed", action="remove_second_factor")
    deleted, _rows = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        raise Invalid("no_second_factor")
    record_event("person.second_factor_removed", target=user, by=by)
