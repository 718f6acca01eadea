"""Capture a linked film from its provider, and keep it with all that is known of how."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from archive import kinds
from archive.access import require, require_may
from archive.actions.add_capture import add_capture
from archive.actions.enqueue import enqueue
from archive.actions.receive_file import receive_file
from archive.actions.record_event import record_event
from archive.errors import Conflict, Invalid
from archive.media import limits, paths
from archive.models import Capture, Job, User, Video
from archive.outside.capturing import Captured, capture

CAPTURE_VIDEO = "capture_video"
Take = Callable[[str, Path], Captured]


@transaction.atomic
def ask_capture(*, video: Video, by: User) -> Job:
    """Promise a capture; asked twice while it waits, it is one.

    Raises Conflict("capture_off") where no program is named or the network is off, Invalid("kept_here"),
    NotAllowed, NotVisible.
    """
    require_may(by, "add", Capture)
    require(by, "change", video)
    if video.is_kept_here:
        raise Invalid("kept_here")
    if not (settings.OUTSIDE_NETWORK and settings.YT_DLP):
        raise Conflict("capture_off")
    job = enqueue(CAPTURE_VIDEO, dedupe_key=str(video.pk), by=by, video=video.pk)
    record_event("capture.asked", target=video, by=by)
    return job


def capture_video(*, video_id: int, by: User, take: Take = capture) -> Capture:
    """Fetch the film and keep it as a capture; bytes that are kept already are the capture that they are.

    Nothing is left of a capture that failed. Raises OutsideError, Invalid("not_a_capture", "too_large"), StorageFull,
    NotAllowed, NotVisible.
    """
    video = Video.objects.get(pk=video_id)
    require_may(by, "add", Capture)
    require(by, "change", video)
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        begun = timezone.now()
        # A step deeper, so that what is written beside it is in the folder that goes.
        inner = Path(folder) / "film"
        inner.mkdir()
        made = take(video.url, inner)
        name = f"{video.provider}-{video.external_id}{made.path.suffix}"
        with made.path.open("rb") as file:
            arrival = receive_file(source=file, filename=name, max_bytes=limits.DEPOSIT_BYTES, by=by)
    said = {"captured_at": begun, "captured_by": str(by)[:200], "tool": made.tool[:200], "note": video.url}
    try:
        return add_capture(video=video, arrival=arrival, values=said, by=by)
    except Conflict as error:
        if error.code != "capture_known":
            raise
        return Capture.objects.get(public_id=error.params["capture"])


@kinds.handles(CAPTURE_VIDEO, of=(Video, "video"))
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    progress(5, code="film_capturing", params={})
    made = capture_video(video_id=job.payload["video"], by=job.created_by)
    return {"capture": made.public_id, "result_url": reverse("desk_captures", args=[made.video.public_id])}
