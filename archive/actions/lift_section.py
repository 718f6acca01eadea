"""Give a section of a text free: it is read like the rest from now on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from archive.actions._sections import announce, checked_reason, lock_section, save_changed
from archive.models import TextSection, User


@transaction.atomic
def lift_section(*, section_id: int, version: int | None, reason: str, by: User) -> TextSection:
    """End the keeping back of a section; what it was stays on record.

    Raises Stale with the current version, Conflict("section_free"), Invalid("reason_missing"), NotAllowed,
    NotVisible.
    """
    section = lock_section(section_id, version=version, by=by)
    words = checked_reason(reason)
    section.lifted_at, section.lifted_by = timezone.now(), by
    save_changed(section)
    announce(section, "lifted", reason=words, by=by)
    return section
