"""Tell those who review that something waits for them."""

from __future__ import annotations

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from archive.access import allows
from archive.actions.notify import notify_again
from archive.enums import RoleCode
from archive.models import User


def tell_reviewers(code: str, *, act: str, row: Model, url_name: str) -> None:
    """Leave a notice for the reviewers who may do `act` to this row; where there are none, for administrators who may.

    One that is unread counts up: whoever was away for a week is told once.
    """
    told: list[User] = []
    for role in (RoleCode.REVIEWER, RoleCode.ADMINISTRATOR):
        people = User.objects.filter(is_active=True, roles__code=role).order_by("pk")
        told = told or [person for person in people if allows(person, act, row)]
    for person in told:
        with override(person.language):
            url = reverse(url_name)
        notify_again(code, user=person, url=url)
