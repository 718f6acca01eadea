"""Keep a group of one's own: name it, take members out of it, give it to another member."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from archive.access import VIEW, allows, require
from archive.actions.begin_group import said
from archive.actions.make_group import group_state
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.errors import Conflict, Invalid, NotVisible, Stale
from archive.models import Group, User


def locked_group(group: str, *, act: str, by: User) -> Group:
    """Return the group (public id), locked until the transaction ends; raises NotVisible, NotAllowed."""
    row = Group.objects.select_for_update(no_key=True).filter(public_id=group).first()
    if row is None or not allows(by, VIEW, row):
        raise NotVisible("not_visible")
    require(by, act, row)
    return row


@transaction.atomic
def name_group(*, group: str, name: str, description: str, seen: str, by: User) -> Group:
    """Set name and description; `seen` is the `group_state` that the writer read.

    Raises NotVisible, NotAllowed, Stale, Invalid.
    """
    row = locked_group(group, act="keep", by=by)
    if seen != group_state(row):
        raise Stale("stale")
    words = said(name, description)
    row.name, row.description = words["name"], words["description"]
    row.save(update_fields=["name", "description"])
    record_event("group.changed", target=row, by=by, members=row.members.count())
    return row


@transaction.atomic
def remove_member(*, group: str, member: str, by: User) -> Group:
    """Take a member (public id) out of the group: they see its notes no more, but their own.

    Raises NotVisible, NotAllowed, Invalid("not_a_member"), Conflict("keeper_stays").
    """
    row = locked_group(group, act="keep", by=by)
    person = _member(row, member)
    if person.pk == row.keeper_id:
        raise Conflict("keeper_stays")
    row.members.remove(person)
    record_event("group.member_removed", target=row, by=by, person=person.public_id)
    return row


@transaction.atomic
def hand_over_group(*, group: str, member: str, by: User) -> Group:
    """Let another member (public id) keep the group from now on.

    Raises NotVisible, NotAllowed, Invalid("not_a_member").
    """
    row = locked_group(group, act="keep", by=by)
    person = _member(row, member)
    if person.pk == by.pk or not person.is_active:
        raise Invalid("not_a_member", field="member")
    row.keeper = person
    row.save(update_fields=["keeper"])
    with override(person.language):
        url = reverse("own_group", args=[row.public_id])
    notify(
        "group_handed_over",
        user=person,
        url=url,
        group=row.public_id,
        giver=by.display_name,
        giver_id=by.public_id,
    )
    record_event("group.handed_over", target=row, by=by, keeper=person.public_id)
    return row


@transaction.atomic
def leave_group(*, group: str, by: User) -> Group:
    """Go out of a group that another member keeps; one's own notes stay shared with it.

    Raises NotVisible, NotAllowed, Conflict("keeper_stays") for who keeps it.
    """
    row = locked_group(group, act="leave", by=by)
    if row.keeper_id == by.pk:
        raise Conflict("keeper_stays")
    row.members.remove(by)
    by.__dict__.pop("_viewer", None)
    record_event("group.left", target=row, by=by)
    return row


def _member(group: Group, member: str) -> User:
    person = group.members.filter(public_id=member).first()
    if person is None:
        raise Invalid("not_a_member", field="member")
    return person
