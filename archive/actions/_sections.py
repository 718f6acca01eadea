"""What all acts on sections of texts share: locking, checked values, telling everybody that readers see something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import refuse_odd_moment
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.take_back_packages import take_back_packages
from archive.enums import Access, TakedownReason
from archive.errors import Conflict, Invalid, Stale
from archive.models import Text, TextRevision, TextSection, User

COLUMNS = ("access", "embargo_until", "down_because", "sentence_ar", "sentence_en")
FIELDS = (*COLUMNS, "groups", "readers")
#: Longest public sentence in one language, and longest reason for the record.
SENTENCE, REASON = 500, 2_000


def lock_text(text_id: int, *, by: User) -> Text:
    """Return the text, locked as accepting a wording locks it.

    Raises NotAllowed, NotVisible.
    """
    text = Text.objects.select_for_update(no_key=True).get(pk=text_id)
    require(by, "correct", text)
    return text


def lock_section(section_id: int, *, version: int | None, by: User) -> TextSection:
    """Return a section in force as it was at `version`, its text locked before it.

    Raises Stale with the current version, Conflict("section_free"), NotAllowed, NotVisible.
    """
    lock_text(TextSection.objects.values_list("text", flat=True).get(pk=section_id), by=by)
    section = TextSection.objects.select_for_update(no_key=True).get(pk=section_id)
    require(by, "change", section)
    if section.lifted_at is not None:
        raise Conflict("section_free")
    if version is not None and version != section.version:
        raise Stale("stale", current=section.version, yours=version)
    return section


def current_wording(text: Text, number: int) -> TextRevision:
    """Return the current wording of a locked text if it is the one that was read.

    Raises Stale("text_moved_on").
    """
    revision = TextRevision.objects.filter(pk=text.current_revision_id).first()
    if revision is None or revision.number != number:
        raise Stale("text_moved_on", current=revision.number if revision else 0, yours=number)
    return revision


def checked_run(revision: TextRevision, first: int, last: int) -> tuple[int, int]:
    """Return blocks `[first, last)` of a wording.

    Raises Invalid("section_blocks") when it has no such run.
    """
    if not 0 <= first < last <= len(revision.blocks):
        raise Invalid("section_blocks", field="first", blocks=len(revision.blocks))
    return first, last


def checked_reason(reason: str) -> str:
    """Return the words for the record.

    Raises Invalid("reason_missing", "words_too_long").
    """
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", field="reason")
    if len(reason) > REASON:
        raise Invalid("words_too_long", field="reason", limit_length=REASON)
    return reason


def set_access(section: TextSection, values: Mapping[str, Any]) -> None:
    """Set checked values on an unsaved or locked row; groups and people are for `named_in`.

    Raises Invalid with the field's name.
    """
    for name, value in values.items():
        if name not in FIELDS:
            raise Invalid("unknown_field", field=name)
        if name in COLUMNS:
            setattr(section, name, value.strip() if isinstance(value, str) else value)
    if section.access not in set(Access):
        raise Invalid("unknown_access", field="access")
    if section.down_because and section.down_because not in set(TakedownReason):
        raise Invalid("unknown_reason", field="down_because")
    for name in ("sentence_ar", "sentence_en"):
        if len(getattr(section, name)) > SENTENCE:
            raise Invalid("words_too_long", field=name, limit_length=SENTENCE)
    refuse_odd_moment("embargo_until", section.embargo_until)
    over = section.embargo_until is None or section.embargo_until <= timezone.now()
    if section.access == Access.PUBLIC and over and not section.down_because:
        raise Invalid("section_open", field="access")
    if section.access == Access.RESTRICTED and not _names_somebody(section, values):
        raise Invalid("groups_missing", field="groups")
    section.since = timezone.now()


def _names_somebody(section: TextSection, values: Mapping[str, Any]) -> bool:
    return any(
        bool(values[name]) if name in values else section.pk is not None and getattr(section, name).exists()
        for name in ("groups", "readers")
    )


def put_names(section: TextSection, values: Mapping[str, Any]) -> None:
    """Name the groups and people of a saved row."""
    for name in ("groups", "readers"):
        if name in values:
            getattr(section, name).set(values[name])


def save_changed(section: TextSection) -> None:
    """Save a locked row as its next version."""
    section.version = F("version") + 1
    section.save()
    section.refresh_from_db(fields=["version"])


def announce(section: TextSection, act: str, *, reason: str, by: User, **facts: Any) -> None:
    """Let cached pages, packages, search and the record know that some readers see more or less of a text."""
    bump_epoch()
    take_back_packages(section.text.work, descriptions=False)
    refresh_search("passage", section.text_id, by=by)
    record_event(
        f"section.{act}", target=section, words=reason, by=by, access=section.access,
        down=section.down_because, **facts,
    )  # fmt: skip
