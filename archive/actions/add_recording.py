"""Take a recording of sound into the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.access import require, require_may
from archive.actions.add_capture import add_capture
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import set_values
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import trace_public
from archive.enums import RECORDING, VideoState
from archive.models import FileArrival, User, Video


@transaction.atomic
def add_recording(
    *, arrival: FileArrival, values: Mapping[str, Any] | None = None, key: str = "", by: User
) -> Video:
    """Insert a recording whose sound is what arrived, and promise the copy of it that readers are given.

    Raises Invalid("not_a_recording"), NotAllowed.
    """
    require_may(by, "add", Video)
    require(by, "view", arrival)

    def make() -> Video:
        video = Video(provider=RECORDING, state=VideoState.ARCHIVED, created_by=by)
        video.external_id = video.public_id
        named = set_values(video, values or {})
        video.save()
        named.put_on(video)
        add_capture(video=video, arrival=arrival, by=by)
        refresh_search("video", video.pk, by=by)
        bump_epoch()
        record_event("video.added", target=video, by=by, provider=video.provider)
        trace_public(video)
        return video

    return once(Video, scope="recording", key=key, make=make, by=by)
