"""Let go of what somebody was typing."""

from django.db import transaction

from annotations.models import NoteDraft
from archive.models import User


@transaction.atomic
def discard_draft(*, key: str, by: User) -> bool:
    """Delete the draft under this key; return whether there was one."""
    deleted, _rows = NoteDraft.objects.filter(user=by, key=key).delete()
    return bool(deleted)
