"""Recordings and films whose bytes are the archive's own, as entries of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.access import require, require_may
from archive.actions.add_capture import add_capture
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import set_values
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import trace_public
from archive.enums import VideoState
from archive.models import FileArrival, User, Video


def add_own(provider: str, *, arrival: FileArrival, values: Mapping[str, Any], key: str, by: User) -> Video:
    """Insert what is kept here and its file, whose clean copy is promised; for use within a transaction.

    Raises what `add_capture` does, NotAllowed.
    """
    require_may(by, "add", Video)
    require(by, "view", arrival)

    def make() -> Video:
        video = Video(provider=provider, state=VideoState.ARCHIVED, created_by=by)
        video.external_id = video.public_id
        named = set_values(video, values)
        video.save()
        named.put_on(video)
        add_capture(video=video, arrival=arrival, by=by)
        refresh_search("video", video.pk, by=by)
        bump_epoch()
        record_event("video.added", target=video, by=by, provider=video.provider)
        trace_public(video)
        return video

    return once(Video, scope=provider, key=key, make=make, by=by)
