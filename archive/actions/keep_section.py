"""Keep a section of a text from some of those who read the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.access import require_may
from archive.actions._sections import (
    announce,
    checked_reason,
    checked_run,
    current_wording,
    lock_text,
    put_names,
    set_access,
)
from archive.actions.once import once
from archive.enums import SectionFit
from archive.models import SectionPlace, TextSection, User


@transaction.atomic
def keep_section(
    *, text_id: int, revision: int, first: int, last: int, values: Mapping[str, Any], reason: str, key: str = "",
    by: User,
) -> TextSection:  # fmt: skip
    """Keep blocks `[first, last)` of the current wording, which is number `revision`, and of every wording after it.

    Earlier wordings are kept back whole as long as the section is. Raises Stale("text_moved_on"),
    Invalid("section_blocks", "section_open", "reason_missing", and others with the field's name), NotAllowed,
    NotVisible.
    """
    require_may(by, "add", TextSection)

    def make() -> TextSection:
        text = lock_text(text_id, by=by)
        words = checked_reason(reason)
        wording = current_wording(text, revision)
        checked_run(wording, first, last)
        section = TextSection(text=text, created_by=by)
        set_access(section, values)
        section.save()
        put_names(section, values)
        SectionPlace.objects.create(
            section=section, revision=wording, first=first, last=last, fit=SectionFit.CHOSEN, created_by=by
        )
        announce(section, "kept", reason=words, by=by, revision=revision, first=first, last=last)
        return section

    return once(TextSection, scope="section", key=key, make=make, by=by)
