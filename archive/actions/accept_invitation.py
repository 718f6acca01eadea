"""Open an account by an invitation."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from archive.actions.invite import token_hash
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotVisible
from archive.models import Invitation, User


def invitation_of(secret: str) -> Invitation:
    """Return the invitation that a link's secret opens.

    Raises NotVisible when there is none, it was used, or it is over: the link tells a stranger nothing.
    """
    invitation = Invitation.objects.filter(
        token_sha256=token_hash(secret), accepted_by=None, expires_at__gt=timezone.now()
    ).first()
    if invitation is None:
        raise NotVisible("not_visible")
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, display_name: str, password: str, language: str = "") -> User:
    """Make the account with the roles it was promised, of whoever reads `language`; the invitation is used up.

    Raises NotVisible, and Invalid("account_exists").
    """
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation_of(secret).pk)
    if invitation.accepted_by_id is not None:
        raise NotVisible("not_visible")
    if User.objects.filter(email=invitation.email).exists():
        raise Invalid("account_exists", field="email")
    user = User.objects.create_user(
        invitation.email,
        password,
        display_name=display_name.strip(),
        language=language or settings.LANGUAGE_CODE,
    )
    user.roles.set(invitation.roles.all())
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_by"])
    record_event("person.joined", target=user, by=user)
    return user
