"""Invite somebody to open an account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive.access import require_may
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import Invitation, Role, User

VALID_DAYS = 14


@transaction.atomic
def invite(*, email: str, roles: Iterable[str], by: User | None) -> tuple[Invitation, str]:
    """Record the invitation; return it with the secret of its link, which is shown once and kept nowhere.

    It takes the place of one that this address was sent before and that still waits: only the newest link opens.
    Raises NotAllowed, and Invalid("account_exists") when the address has an account.
    """
    if by is not None:
        require_may(by, "add", Invitation)
    email = email.strip().casefold()
    if User.objects.filter(email=email).exists():
        raise Invalid("account_exists", field="email")
    for earlier in Invitation.objects.select_for_update(no_key=True).filter(
        email=email, accepted_by=None, expires_at__gt=timezone.now()
    ):
        earlier.expires_at = timezone.now()
        earlier.save(update_fields=["expires_at"])
        record_event("person.uninvited", target=earlier, by=by)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email, token_sha256=token_hash(secret), invited_by=by,
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )  # fmt: skip
    invitation.roles.set(Role.objects.filter(code__in=list(roles)))
    record_event("person.invited", target=invitation, by=by, roles=sorted(roles))
    return invitation, secret


def token_hash(secret: str) -> str:
    """Return the SHA-256 under which an invitation's secret is remembered."""
    return hashlib.sha256(secret.encode()).hexdigest()
