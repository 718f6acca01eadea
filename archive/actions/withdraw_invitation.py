"""Take an invitation back."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from archive.access import require_may
from archive.actions.record_event import record_event
from archive.errors import Conflict
from archive.models import Invitation, User


@transaction.atomic
def withdraw_invitation(*, invitation_id: int, by: User) -> Invitation:
    """Let an invitation's link open nothing from now on.

    Raises NotAllowed, and Conflict("invitation_used") when an account was opened by it meanwhile.
    """
    require_may(by, "add", Invitation)
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation_id)
    if invitation.accepted_by_id is not None:
        raise Conflict("invitation_used")
    invitation.expires_at = Now()
    invitation.save(update_fields=["expires_at"])
    record_event("person.uninvited", target=invitation, by=by)
    return invitation
