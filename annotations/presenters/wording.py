"""The wording that a reviewer suggested for a note: what it would change, and whose words a version has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.models import AnnotationVersion, Decision
from annotations.presenters.labels import PAST_OUTCOMES
from annotations.values import MAX_BODY, is_same_wording
from archive.presenters.differences import Part, shortened, words_diff

#: Letters of a wording that are compared.
MAX_COMPARED = MAX_BODY + 5_000


def wording_parts(decision: Decision) -> Sequence[Part]:
    """Return what the wording that a decision suggests would change in the version that it is on."""
    if not decision.suggestion:
        return ()
    return compared(decision.version.body, decision.suggestion)


def was_decided(decision: Decision) -> str:
    """Return what was decided of a version that somebody went on from."""
    return str(PAST_OUTCOMES[decision.outcome])


def compared(body: str, wording: str) -> Sequence[Part]:
    """Return the difference between a note's body and another wording of it; nothing when they say the same.

    Of a wording that is longer than any note may be, only the beginning is compared.
    """
    wording = wording[:MAX_COMPARED]
    if is_same_wording(body, wording):
        return ()
    return shortened(words_diff(body.replace("\r\n", "\n"), wording.replace("\r\n", "\n").rstrip()))


def worded_by(
    version: AnnotationVersion, before: AnnotationVersion | None, decisions: Iterable[Decision]
) -> str:
    """Return the name of the reviewer in whose wording this version is; empty where it is its author's.

    `decisions` are those on the version before that may be known to whom it is told.
    """
    if before is None or is_same_wording(version.body, before.body):
        return ""
    found = [one for one in decisions if one.version_id == before.pk and one.suggestion == version.body]
    return str(found[-1].reviewer) if found else ""
