"""Change who may read a section of a text, and until when it is kept from others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.actions._sections import (
    announce,
    checked_reason,
    lock_section,
    put_names,
    save_changed,
    set_access,
)
from archive.models import TextSection, User


@transaction.atomic
def change_section(
    *, section_id: int, version: int | None, values: Mapping[str, Any], reason: str, by: User
) -> TextSection:
    """Change a section in force as it was at `version`.

    Raises Stale with the current version, Conflict("section_free"), Invalid with the field's name, NotAllowed,
    NotVisible.
    """
    section = lock_section(section_id, version=version, by=by)
    words = checked_reason(reason)
    set_access(section, values)
    save_changed(section)
    put_names(section, values)
    announce(section, "changed", reason=words, by=by)
    return section
