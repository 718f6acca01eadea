"""Take a film elsewhere into the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.access import require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import set_values
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import trace_public
from archive.errors import Conflict, Invalid
from archive.importers.videos import recognise
from archive.importers.videos.link import VideoLink
from archive.models import User, Video


@transaction.atomic
def add_video(*, url: str, values: Mapping[str, Any] | None = None, key: str = "", by: User) -> Video:
    """Insert a video by its address; nothing is fetched from there. Sent twice with the same `key`, it is made once.

    Raises Invalid("not_a_video"), Conflict("video_known") with the `video` that is there, NotAllowed.
    """
    require_may(by, "add", Video)
    link = recognised(url)

    def make() -> Video:
        known = Video.objects.filter(provider=link.provider, external_id=link.video_id).first()
        if known is not None:
            raise Conflict("video_known", field="url", video=known.public_id)
        video = Video(provider=link.provider, external_id=link.video_id, url=link.url[:500], created_by=by)
        named = set_values(video, values or {})
        video.save()
        named.put_on(video)
        refresh_search("video", video.pk, by=by)
        bump_epoch()
        record_event("video.added", target=video, by=by, provider=link.provider)
        trace_public(video)
        return video

    return once(Video, scope="video", key=key, make=make, by=by)


def recognised(url: str) -> VideoLink:
    """Return what an address leads to; raises Invalid("not_a_video")."""
    link = recognise(url)
    if link is None:
        raise Invalid("not_a_video", field="url")
    return link
