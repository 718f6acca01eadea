"""Make the copy of a recording or a film that readers are given: as it is, without a word that the file says of itself."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import kinds
from archive.actions.add_capture import MAKE_CLEAN_COPY
from archive.actions.bump_epoch import bump_epoch
from archive.actions.receive_file import store_bytes
from archive.actions.record_event import record_event
from archive.media import paths
from archive.media.clean_sound import Clean, clean, tell
from archive.models import Capture, CleanCopy, StoredFile, Video

Progress = Callable[..., None]


def make_clean_copy(
    *, capture_id: int, progress: Progress = lambda percent, **message: None
) -> CleanCopy | None:
    """Put the sound of a recording, or a film, into a fresh container and keep it; one that has its copy stays as it is.

    Raises what `clean` does; nothing is played to readers then.
    """
    capture = Capture.objects.select_related("arrival__stored_file", "video").get(pk=capture_id)
    known = CleanCopy.objects.filter(capture=capture).first()
    if known is not None or capture.arrival is None or capture.video.undone:
        return known
    progress(10, code="sound_cleaning", params={})
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        source = paths.of_sha256(capture.arrival.stored_file.sha256)
        _keep_words(capture, tell(source, Path(folder), media_type=capture.media_type))
        sound = clean(source, Path(folder), media_type=capture.media_type)
        progress(70, code="image_saving", params={})
        with sound.path.open("rb") as file:
            sha256, size, _head = store_bytes(
                iter(lambda: file.read(1024 * 1024), b""), max_bytes=sound.path.stat().st_size
            )
    return _record(capture, sound, sha256, size)


def _keep_words(capture: Capture, said: dict[str, Any]) -> None:
    """Keep what the file says of itself, also where no copy can be made of it."""
    # Read, not described: nobody's stale page is to be told of it.
    Capture.objects.filter(pk=capture.pk).update(embedded_metadata=said)


@transaction.atomic
def _record(read: Capture, sound: Clean, sha256: str, size: int) -> CleanCopy:
    video = Video.objects.select_for_update(no_key=True).get(pk=read.video_id)
    known = CleanCopy.objects.filter(capture=read).first()
    if known is not None:
        return known
    file, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": sound.media_type}
    )
    copy = CleanCopy.objects.create(
        capture=read, stored_file=file, media_type=sound.media_type, duration=sound.duration
    )
    if video.duration is None:
        # Measured, not described: nobody's stale page is to be told of it.
        Video.objects.filter(pk=video.pk).update(duration=sound.duration)
    bump_epoch()
    record_event("capture.cleaned", target=read, by=read.created_by, sha256=[sha256])
    return copy


@kinds.handles(MAKE_CLEAN_COPY, of=(Capture, "capture"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    copy = make_clean_copy(capture_id=job.payload["capture"], progress=progress)
    public_id = Capture.objects.values_list("public_id", flat=True).get(pk=job.payload["capture"])
    return {"capture": public_id, "duration": copy.duration if copy else None}
