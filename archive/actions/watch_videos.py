"""Look at every linked film again in time: those longest unseen first, a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from archive import kinds
from archive.access import require
from archive.actions.check_video import check_video
from archive.actions.enqueue import enqueue
from archive.enums import FilmOutcome, JobState
from archive.errors import Invalid
from archive.media.films import AT_AN_ADDRESS
from archive.models import Job, User, Video
from archive.outside import is_allowed

WATCH_VIDEOS, CHECK_VIDEO = "watch_videos", "check_video"
#: A film is looked at again after so long; one that nobody could look at, the next day.
CYCLE, AGAIN = timedelta(days=14), timedelta(days=1)
#: Of one stretch; the next comes within the hour, so that no provider is pressed.
FEW = 20


def due() -> QuerySet[Video]:
    """Return the videos to be looked at, those never looked at first."""
    now = timezone.now()
    unknown = Q(last_outcome=FilmOutcome.UNKNOWN, last_checked_at__lt=now - AGAIN)
    rows = Video.objects.filter(AT_AN_ADDRESS).filter(
        Q(last_checked_at=None) | Q(last_checked_at__lt=now - CYCLE) | unknown
    )
    return rows.order_by(F("last_checked_at").asc(nulls_first=True), "pk")


def plan_videos() -> Job | None:
    """Promise a stretch, unless the network is off, one is waiting or running, or nothing is due."""
    if not is_allowed() or not due().exists():
        return None
    if Job.objects.filter(kind=WATCH_VIDEOS, state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        return None
    return enqueue(WATCH_VIDEOS, dedupe_key=WATCH_VIDEOS)


def plan_check(*, video: Video, by: User) -> Job:
    """Promise to look at one video now.

    Raises Invalid("kept_here" or "network_off"), NotAllowed.
    """
    require(by, "change", video)
    if video.is_kept_here:
        raise Invalid("kept_here")
    if not is_allowed():
        raise Invalid("network_off")
    return enqueue(CHECK_VIDEO, dedupe_key=str(video.pk), by=by, video=video.pk)


def watch_videos(*, progress: Callable[..., None] = lambda percent, **message: None) -> dict[str, int]:
    """Look at those that are due; return how many had each outcome."""
    counts = dict.fromkeys((outcome.value for outcome in FilmOutcome), 0)
    ids = list(due().values_list("pk", flat=True)[:FEW])
    for number, pk in enumerate(ids):
        progress(number * 100 // len(ids), code="videos_checking", params={"done": number, "total": len(ids)})
        counts[check_video(video_id=pk).outcome] += 1
    return counts


@kinds.handles(WATCH_VIDEOS)
def _handle_all(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return dict(watch_videos(progress=progress))


@kinds.handles(CHECK_VIDEO, of=(Video, "video"))
def _handle_one(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    video = Video.objects.get(pk=job.payload["video"])
    require(job.created_by, "change", video)
    return {"video": video.public_id, "outcome": check_video(video_id=video.pk, by=job.created_by).outcome}
