"""What reviewers said of notes, as far as somebody may know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.enums import AnnotationStatus, Outcome
from annotations.models import AnnotationVersion, Decision
from annotations.transitions import Act
from archive.access import visible_to

_SENT_BACK = (AnnotationStatus.RETURNED, AnnotationStatus.DECLINED)


def last_decisions(who: object, keys: Sequence[int]) -> dict[int, Decision]:
    """Return, by note (primary keys), what was decided last of the versions of it that were decided on."""
    rows = visible_to(Decision, who).filter(version__annotation__in=keys)
    return {d.version.annotation_id: d for d in rows.select_related("version", "reviewer").order_by("pk")}


def is_past(decision: Decision | None, *, version: int | None) -> bool:
    """Whether a decision is on an earlier version than the one (its key) that is shown: that has been gone on from."""
    return bool(decision and decision.version_id != version)


def may_take(decision: Decision | None, *, version: int | None, acts: Iterable[str]) -> bool:
    """Whether the wording that a decision suggests can be taken now by whom these acts are offered.

    `version` is the key of the note's newest one: what was suggested for an older one is read, and no more.
    """
    return bool(decision and decision.suggestion and decision.version_id == version and Act.REVISE in acts)


def sent_back(who: object, shown: Iterable[tuple[int, str, AnnotationVersion]]) -> dict[int, Decision]:
    """Return why notes were returned or declined, of (note, status that `who` is told, version that `who` is shown).

    A draft that goes on from a returned version still carries the reason: its author works on that.
    """
    keys = [
        note
        for note, status, version in shown
        if status in _SENT_BACK or (status == AnnotationStatus.DRAFT and version.number > 1)
    ]
    found = last_decisions(who, keys) if keys else {}
    return {note: one for note, one in found.items() if one.outcome != Outcome.ACCEPT}
