"""Make and change groups."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from django.db import transaction

from archive.access import require, require_may
from archive.actions.record_event import record_event
from archive.errors import Invalid, Stale
from archive.models import Group, User


@transaction.atomic
def make_group(*, name: str, description: str, by: User) -> Group:
    """Insert a group.

    Raises NotAllowed, Invalid("name_taken").
    """
    require_may(by, "add", Group)
    if Group.objects.filter(name=name.strip(), keeper=None).exists():
        raise Invalid("name_taken", field="name")
    group = Group.objects.create(name=name.strip(), description=description)
    record_event("group.made", target=group, by=by)
    return group


@transaction.atomic
def change_group(
    *, group_id: int, name: str, description: str, members: Iterable[int], seen: str, by: User
) -> Group:
    """Set a group's name and members; `seen` is the `group_state` that the writer read.

    Raises NotAllowed, Stale, Invalid("name_taken").
    """
    group = Group.objects.select_for_update(no_key=True).get(pk=group_id)
    require(by, "change", group)
    if seen != group_state(group):
        raise Stale("stale")
    same = Group.objects.filter(name=name.strip(), keeper=None).exclude(pk=group.pk)
    if group.keeper_id is None and same.exists():
        raise Invalid("name_taken", field="name")
    group.name, group.description = name.strip(), description
    group.save()
    group.members.set(User.objects.filter(pk__in=list(members)))
    record_event("group.changed", target=group, by=by, members=group.members.count())
    return group


def group_state(group: Group) -> str:
    """Return a short value that differs when name, description or members do."""
    facts = json.dumps([group.name, group.description, sorted(group.members.values_list("pk", flat=True))])
    return hashlib.sha256(facts.encode()).hexdigest()[:16]
