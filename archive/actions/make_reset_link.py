"""Let somebody in who forgot the password, on a site that sends no mail."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from archive.access import require
from archive.actions.record_event import record_event
from archive.models import User


@transaction.atomic
def make_reset_link(*, user: User, by: User | None) -> str:
    """Return the path of a page that sets a new password, good until the password changes; hand it over yourself.

    `by` is None for the command on the server. Raises NotAllowed.
    """
    if by is not None:
        require(by, "change", user)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, token = key.partition("-")
    record_event("person.reset_link_made", target=user, by=by)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
