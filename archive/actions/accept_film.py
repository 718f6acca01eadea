"""Say that a changed film is the right one as it is now."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.check_video import settle
from archive.enums import FilmOutcome
from archive.errors import Conflict
from archive.models import User, Video, VideoCheck


@transaction.atomic
def accept_film(*, video_id: int, check_id: int, by: User) -> VideoCheck:
    """Record that what the newest check found is what should be there; later checks compare with it.

    Raises Conflict("check_not_newest") when another check came meanwhile or nothing had changed, NotAllowed.
    """
    video = Video.objects.select_for_update(no_key=True).get(pk=video_id)
    require(by, "change", video)
    seen = video.checks.order_by("-pk").first()
    if seen is None or seen.pk != check_id or seen.outcome != FilmOutcome.CHANGED:
        raise Conflict("check_not_newest")
    check = VideoCheck.objects.create(
        video=video, outcome=FilmOutcome.THERE, reason="accepted", status=seen.status, title=seen.title,
        channel=seen.channel, duration=seen.duration, size=seen.size, thumbnail=seen.thumbnail, checked_by=by,
    )  # fmt: skip
    settle(video, FilmOutcome.THERE, title=seen.title, by=by)
    return check
