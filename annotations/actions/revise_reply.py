"""Change what a reply says: a new version, while the earlier ones stay."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._talk import MAX_VERSIONS, checked, locked_reply, new_version, tell
from annotations.models import Reply
from archive.actions.record_event import record_event
from archive.errors import Conflict, Stale, VersionMissing
from archive.models import User
from archive.presenters.markup import with_names


@transaction.atomic
def revise_reply(*, reply: str, version_id: str, body: str, by: User) -> Reply:
    """Give a reply (public id) a new version; who is named now and was not is told.

    What changes nothing makes no version. Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict, Invalid.
    """
    row = locked_reply(reply, act="revise", by=by)
    newest = row.newest_version
    assert newest is not None
    check_version(row, version_id)
    words = checked(body)
    before = {one.person for one in newest.mentions.select_related("person")}
    if words in (newest.body, with_names(newest.body, {one.public_id: one.display_name for one in before})):
        return row
    if newest.number >= MAX_VERSIONS:
        raise Conflict("reply_revised_enough")
    named = new_version(row, words, number=newest.number + 1, by=by)
    tell(row, named=[person for person in named if person not in before], others=(), by=by)
    record_event("reply.revised", target=row, by=by, version=row.newest_version.public_id)  # type: ignore[union-attr]
    return row


def check_version(row: Reply, version_id: str) -> None:
    """Refuse what was written from another version than the newest; raises VersionMissing, Stale."""
    if not version_id:
        raise VersionMissing("version_missing")
    newest = row.newest_version
    if newest is None or newest.public_id != version_id:
        raise Stale("stale", current=newest.public_id if newest else "")
