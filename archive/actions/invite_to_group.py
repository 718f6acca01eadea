"""Invite somebody to a group, take that back, and answer it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from archive.access import visible_to
from archive.actions.keep_group import locked_group
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotVisible
from archive.models import Group, GroupInvitation, User

#: Invitations of one group that wait.
MOST = 100


@transaction.atomic
def invite_to_group(*, group: str, email: str, by: User) -> GroupInvitation:
    """Invite an address to a group (public id). Whoever has it is told; whether anybody has, `by` never learns.

    Raises NotVisible, NotAllowed, Invalid("bad_address"), Invalid("too_many_invitations").
    """
    row = locked_group(group, act="keep", by=by)
    address = email.strip().casefold()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("bad_address", field="email") from None
    waiting = GroupInvitation.objects.filter(group=row)
    before = waiting.filter(email=address).first()
    if before is not None:
        return before
    if waiting.count() >= MOST:
        raise Invalid("too_many_invitations", field="email", most=MOST)
    invitation = GroupInvitation.objects.create(group=row, email=address, invited_by=by)
    _tell(address, row, by)
    record_event("group.invited", target=row, by=by)
    return invitation


@transaction.atomic
def withdraw_group_invitation(*, invitation: str, by: User) -> Group:
    """Take an invitation (public id) back; raises NotVisible, NotAllowed."""
    row = _found(invitation, by)
    group = locked_group(row.group.public_id, act="keep", by=by)
    row.delete()
    record_event("group.uninvited", target=group, by=by)
    return group


@transaction.atomic
def answer_group_invitation(*, invitation: str, accept: bool, by: User) -> Group:
    """Join the group of an invitation (public id) to one's own address, or decline; either way it is gone.

    Raises NotVisible.
    """
    row = _found(invitation, by)
    if row.email != by.email.casefold():
        raise NotVisible("not_visible")
    group = Group.objects.select_for_update(no_key=True).get(pk=row.group_id)
    deleted, _rows = row.delete()
    if not deleted:  # It was taken back while the group was waited for.
        raise NotVisible("not_visible")
    if accept:
        group.members.add(by)
        by.__dict__.pop("_viewer", None)
    record_event("group.joined" if accept else "group.declined", target=group, by=by)
    return group


def _found(invitation: str, by: User) -> GroupInvitation:
    rows = visible_to(GroupInvitation, by).select_related("group")
    row = rows.filter(public_id=invitation).first()
    if row is None:
        raise NotVisible("not_visible")
    return row


def _tell(address: str, group: Group, by: User) -> None:
    person = User.objects.filter(email=address, is_active=True).exclude(groups=group).first()
    if person is not None:
        with override(person.language):
            url = reverse("own_groups")
        notify("group_invitation", user=person, url=url, giver=by.display_name, giver_id=by.public_id)
