"""How the linked films are, by what their last checks said: the worklists of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from archive.access import Viewer, visible_to
from archive.enums import FILM, KEPT_HERE, RECORDING, FilmOutcome, VideoState
from archive.media import wacz
from archive.media.film_bytes import PLAYABLE
from archive.models import Capture, CleanCopy, Video

#: Films are at an address; others, and recordings, are kept here, where nothing can be looked at again.
AT_AN_ADDRESS = ~Q(provider__in=KEPT_HERE)

#: The name of each worklist, and what puts a film on it.
WORKLISTS: Mapping[str, Q] = {
    "gone": Q(last_outcome=FilmOutcome.GONE),
    "changed": Q(last_outcome=FilmOutcome.CHANGED),
    "could_not_check": Q(last_outcome=FilmOutcome.UNKNOWN),
    "unchecked": Q(last_outcome="") & AT_AN_ADDRESS,
    "recordings": Q(provider=RECORDING),
    "own_films": Q(provider=FILM),
    #: Kept here, and nothing of it can be played: its copy is not made yet, or could not be.
    "no_copy": ~AT_AN_ADDRESS & Q(~Exists(CleanCopy.objects.filter(capture__video=OuterRef("pk")))),
    #: With a recorded page whose parts are not those that it lists.
    "not_whole": Q(
        Exists(Capture.objects.filter(video=OuterRef("pk"), embedded_metadata__integrity=wacz.DAMAGED))
    ),
    "never_captured": Q(~Exists(Capture.objects.filter(video=OuterRef("pk")))),
}


def worklist(rows: QuerySet[Video], name: str) -> QuerySet[Video]:
    """Return those of `rows` that are on the worklist of this name; all when there is none."""
    return rows.filter(WORKLISTS[name]) if name in WORKLISTS else rows


def board(rows: QuerySet[Video]) -> dict[str, Any]:
    """Return how many films are on each list, how many are there, and when one was last looked at."""
    counts = {name: Count("pk", filter=condition) for name, condition in WORKLISTS.items()}
    there = Count("pk", filter=Q(last_outcome=FilmOutcome.THERE))
    rows = rows.filter(AT_AN_ADDRESS)
    return rows.order_by().aggregate(films=Count("pk"), there=there, last=Max("last_checked_at"), **counts)


def with_file_name(rows: QuerySet[Video]) -> QuerySet[Video]:
    """Add `file_name`: that of the bytes which the archive received first of each; keepers alone are told."""
    kept = Capture.objects.filter(video=OuterRef("pk"), arrival__isnull=False).order_by("pk")
    return rows.annotate(file_name=Subquery(kept.values("arrival__filename")[:1]))


#: The same as a condition on rows.
LOST = Q(state=VideoState.GONE) | Q(last_outcome=FilmOutcome.UNKNOWN)


def is_lost(video: Video) -> bool:
    """Whether the film is gone, or its provider could not be reached when it was last looked at."""
    return video.state == VideoState.GONE or video.last_outcome == FilmOutcome.UNKNOWN


def playable(videos: Iterable[int], viewer: Viewer) -> dict[int, Capture]:
    """Return for each of these videos the newest capture that a browser plays and this viewer may see."""
    rows = _playable(viewer).filter(video__in=list(videos)).select_related("clean_copy")
    rows = rows.order_by(F("captured_at").asc(nulls_first=True), "pk")
    return {capture.video_id: capture for capture in rows}


def with_copy(rows: QuerySet[Video], viewer: Viewer) -> QuerySet[Video]:
    """Return those of `rows` that have a copy which this viewer may have, and a length that is known."""
    return rows.filter(Exists(_playable(viewer).filter(video=OuterRef("pk"))), duration__gt=0)


def _playable(viewer: Viewer) -> QuerySet[Capture]:
    """Return the captures that browsers play; of what is kept here nobody is given anything but the clean copy."""
    kept_here = Q(video__provider__in=KEPT_HERE)
    own, others = kept_here & Q(clean_copy__isnull=False), ~kept_here & Q(media_type__in=PLAYABLE)
    return visible_to(Capture, viewer).filter(own | others)
