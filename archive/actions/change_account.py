"""Give roles and groups."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from django.db import transaction

from archive.access import require
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import Invalid, Stale
from archive.models import Group, Role, User


@transaction.atomic
def change_account(
    *, user_id: int, display_name: str, roles: Iterable[str], groups: Iterable[int], seen: str, by: User
) -> User:
    """Set an account's name, roles and groups; `seen` is the `state_of` it that the writer read.

    Raises NotAllowed, Stale, and Invalid("last_administrator") when nobody would be left to administer the site.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    require(by, "change", user)
    if seen != state_of(user):
        raise Stale("stale")
    before, wanted = sorted(user.role_codes), sorted(set(roles))
    if RoleCode.ADMINISTRATOR in before and RoleCode.ADMINISTRATOR not in wanted:
        refuse_last_administrator(user)
    user.display_name = display_name.strip()
    user.save(update_fields=["display_name"])
    user.roles.set(Role.objects.filter(code__in=wanted))
    user.groups.set(Group.objects.filter(pk__in=list(groups)))
    record_event("person.changed", target=user, by=by, roles_before=before, roles=wanted)
    return user


def state_of(user: User) -> str:
    """Return a short value that differs when name, roles or groups do: the version that a form is made from."""
    groups = sorted(user.groups.values_list("pk", flat=True))
    facts = json.dumps([user.display_name, sorted(user.roles.values_list("code", flat=True)), groups])
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def refuse_last_administrator(user: User) -> None:
    """Stop when `user` is the only active administrator.

    The role itself is locked until the transaction ends, so that two administrators who close each other's
    account come one after the other. Raises Invalid("last_administrator").
    """
    Role.objects.select_for_update(no_key=True).get(code=RoleCode.ADMINISTRATOR)
    others = User.objects.filter(is_active=True, roles__code=RoleCode.ADMINISTRATOR).exclude(pk=user.pk)
    if not others.exists():
        raise Invalid("last_administrator")
