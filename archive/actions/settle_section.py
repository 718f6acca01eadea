"""Say where a section stands in the current wording, when nobody could be sure of it."""

from __future__ import annotations

from django.db import transaction

from archive.actions._sections import (
    announce,
    checked_reason,
    checked_run,
    current_wording,
    lock_section,
    save_changed,
)
from archive.enums import SectionFit
from archive.models import SectionPlace, TextSection, User


@transaction.atomic
def settle_section(
    *, section_id: int, version: int | None, revision: int, first: int, last: int, reason: str, by: User
) -> TextSection:
    """Place a section on blocks `[first, last)` of the current wording, which is number `revision`.

    Nothing of the wording (`first == last == 0`) says that the section is not in it any more. Raises Stale (also
    "text_moved_on"), Conflict("section_free"), Invalid("section_blocks", "reason_missing"), NotAllowed, NotVisible.
    """
    section = lock_section(section_id, version=version, by=by)
    words = checked_reason(reason)
    wording = current_wording(section.text, revision)
    if (first, last) != (0, 0):
        checked_run(wording, first, last)
    SectionPlace.objects.create(
        section=section, revision=wording, first=first, last=last, fit=SectionFit.CHOSEN, created_by=by
    )
    save_changed(section)
    announce(section, "placed", reason=words, by=by, revision=revision, first=first, last=last)
    return section
