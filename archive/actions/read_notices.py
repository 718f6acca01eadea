"""Remember what a person has read of what they were told."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from archive.access import visible_to
from archive.models import Notice, User


@transaction.atomic
def read_notices(*, seen: Collection[str], by: User) -> int:
    """Mark a person's own unread notices as read and return how many; `seen` holds what `Notice.as_read` gave their page.

    One that says something else by now (it counts up while it is unread) stays unread, and what is not theirs
    is passed over in silence.
    """
    ids = [name.partition(".")[0] for name in seen]
    unread = visible_to(Notice, by).filter(public_id__in=ids, read_at=None).select_for_update()
    read = [notice.pk for notice in unread if notice.as_read in seen]
    return Notice.objects.filter(pk__in=read).update(read_at=timezone.now())
