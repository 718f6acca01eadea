"""Begin a group of one's own."""

from __future__ import annotations

from django.db import transaction

from archive.access import require_may
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import Group, User

#: Groups that one person keeps.
MOST = 50
_NAME, _DESCRIPTION = 120, 2_000


@transaction.atomic
def begin_group(*, name: str, description: str = "", by: User) -> Group:
    """Make a group that `by` keeps and is the first member of; it shares notes, and opens no restricted item.

    Another may have the same name: whether one has is nobody's to learn. Raises NotAllowed, Invalid.
    """
    require_may(by, "begin", Group)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if by.kept_groups.count() >= MOST:
        raise Invalid("too_many_groups", most=MOST)
    words = said(name, description)
    group = Group.objects.create(keeper=by, **words)
    group.members.add(by)
    by.__dict__.pop("_viewer", None)  # What they may see has changed within this request.
    record_event("group.begun", target=group, by=by)
    return group


def said(name: str, description: str) -> dict[str, str]:
    """Return name and description, checked; raises Invalid."""
    words = {"name": name.strip(), "description": description.strip()}
    if not words["name"]:
        raise Invalid("required", field="name")
    for field, limit in (("name", _NAME), ("description", _DESCRIPTION)):
        if len(words[field]) > limit:
            raise Invalid("text_too_long", field=field, most=limit)
        if "\x00" in words[field]:
            raise Invalid("zero_byte", field=field)
    return words
