"""When versions were said, handed in and decided: here, and in the archives that they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from annotations.enums import PastKind
from annotations.models import AnnotationVersion, Decision, PastEvent, Submission, SubmissionItem
from archive.access import Viewer, visible_to

Line = dict[str, Any]


@dataclass(slots=True)
class Past:
    """The life of one version, as far as a viewer may know of it."""

    #: When it was said where it came from; None: here, when its row was made.
    said: datetime | None = None
    #: What followed, oldest first.
    lines: list[Line] = field(default_factory=list)


def pasts_of(viewer: Viewer, versions: Sequence[AnnotationVersion]) -> dict[int, Past]:
    """Return the life of each of these versions by its key, in three queries."""
    found: dict[int, Past] = defaultdict(Past)
    handed_over: set[int] = set()
    for event in visible_to(PastEvent, viewer).filter(version__in=versions).order_by("pk"):
        if event.handed_over_id is not None:
            handed_over.add(event.handed_over_id)
        if event.kind == PastKind.SAID:
            found[event.version_id].said = event.at
        else:
            found[event.version_id].lines.append(_told(event))
    # What was brought in is put before the reviewers by that very act, which is none of its own life.
    seen = visible_to(Submission, viewer).exclude(pk__in=handed_over).values("pk")
    items = SubmissionItem.objects.filter(version__in=versions, submission__in=seen)
    for item in items.select_related("submission__author").order_by("pk"):
        found[item.version_id].lines.append(_handed_in(item.submission))
    decisions = visible_to(Decision, viewer).filter(version__in=versions)
    for decision in decisions.select_related("reviewer").order_by("pk"):
        found[decision.version_id].lines.append(_decided(decision))
    for past in found.values():
        past.lines.sort(key=lambda line: (datetime.fromisoformat(line["at"]), line["id"]))
    return found


def _told(event: PastEvent) -> Line:
    line = _line(event.kind, event.ref, event.name, event.at, event.words, event.content_hash)
    return _suggesting(line, event.suggestion)


def _handed_in(submission: Submission) -> Line:
    author = str(submission.author)
    return _line(
        PastKind.HANDED_IN, submission.public_id, author, submission.created_at, submission.message, ""
    )


def _decided(decision: Decision) -> Line:
    by = str(decision.reviewer)
    line = _line(
        decision.outcome, decision.public_id, by, decision.created_at, decision.reason, decision.content_hash
    )
    return _suggesting(line, decision.suggestion)


def _suggesting(line: Line, wording: str) -> Line:
    """Return a line with the wording that was suggested; without one there is no such key, as in packages of before."""
    return line | {"suggestion": wording} if wording else line


def _line(what: str, ident: str, by: str, at: datetime, words: str, sha256: str) -> Line:
    return {
        "what": str(what), "id": ident, "by": by, "at": at.isoformat(), "words": words, "sha256": sha256,
    }  # fmt: skip
