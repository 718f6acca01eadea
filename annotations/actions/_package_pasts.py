"""What a package tells of the life of its versions and releases elsewhere, as rows that tell it again."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from annotations.actions.decide import MAX_REASON
from annotations.enums import PastKind
from annotations.models import AnnotationVersion, PastEvent, Release
from annotations.values import MAX_BODY
from archive.actions._packages import Line, words_of
from archive.models import User

#: What can have followed after a version was said.
FOLLOWS = frozenset({PastKind.HANDED_IN, PastKind.ACCEPT, PastKind.RETURN, PastKind.DECLINE})
#: Events of one version, and code points of what one of them says.
MOST_EVENTS, LONGEST_WORDS = 400, MAX_REASON
_ID = re.compile(r"[23456789abcdefghjkmnpqrstuvwxyz]{16}")
_HASH = re.compile(r"[0-9a-f]{64}")


def past_of_version(version: AnnotationVersion, line: Line, *, by: User) -> list[PastEvent]:
    """Return the unsaved rows of a version's life, the first of them when it was said.

    Packages of before tell nothing of what followed. Raises ValueError, TypeError, KeyError, ValidationError.
    """
    told = line.get("past", [])
    if not isinstance(told, list) or len(told) > MOST_EVENTS:
        raise ValueError("no past")
    said = PastEvent(version=version, kind=PastKind.SAID, at=moment_of(line["said"]), created_by=by)
    return [said, *(_event(version, one, by) for one in told)]


def _event(version: AnnotationVersion, told: Line, by: User) -> PastEvent:
    kind = PastKind(told["what"])
    if kind not in FOLLOWS or not _ID.fullmatch(told["id"]):
        raise ValueError("no such event")
    digest = words_of(told["sha256"])
    if digest and not _HASH.fullmatch(digest):
        raise ValueError("no hash")
    event = PastEvent(
        version=version, kind=kind, ref=told["id"], name=words_of(told["by"]), at=moment_of(told["at"]),
        words=_words(told["words"]), content_hash=digest, suggestion=_suggestion(told, kind),
        created_by=by,
    )  # fmt: skip
    event.clean_fields(exclude=["version", "release", "handed_over", "created_by"])
    return event


def _suggestion(told: Line, kind: PastKind) -> str:
    """Return the wording that was suggested, which most lines do not have."""
    words = words_of(told.get("suggestion", ""))
    if len(words) > MAX_BODY or (words and kind != PastKind.RETURN):
        raise ValueError("no such suggestion")
    return words


def past_of_release(release: Release, kind: PastKind, at: Any, words: Any, *, by: User) -> PastEvent:
    """Return the unsaved row of what happened to a release elsewhere; raises ValueError, TypeError."""
    return PastEvent(release=release, kind=kind, at=moment_of(at), words=_words(words), created_by=by)


def moment_of(told: Any) -> datetime:
    """Return a moment; raises ValueError for one without its time zone."""
    moment = datetime.fromisoformat(words_of(told))
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def _words(words: Any) -> str:
    if len(words_of(words)) > LONGEST_WORDS:
        raise ValueError("too long")
    return str(words)
