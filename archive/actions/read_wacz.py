"""Look into a recorded page: what it holds, and whether its parts are those that it lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import require
from archive.actions.add_capture import READ_WACZ
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import CaptureKind
from archive.errors import HashiyaError, Invalid
from archive.media import paths, wacz
from archive.models import Capture, Job, User

Progress = Callable[..., None]


@transaction.atomic
def ask_reading(*, capture: Capture, by: User) -> Job:
    """Promise to look into a capture once more; raises Invalid("not_a_wacz"), NotAllowed, NotVisible."""
    require(by, "change", capture)
    if capture.kind != CaptureKind.WACZ:
        raise Invalid("not_a_wacz")
    return enqueue(READ_WACZ, dedupe_key=str(capture.pk), by=by, capture=capture.pk)


def read_wacz(*, capture_id: int, progress: Progress = lambda percent, **message: None) -> dict[str, Any]:
    """Keep what a recorded page says of itself and what became of its parts; return it.

    Run again it says it anew: bytes may have rotted since. Raises HashiyaError("bytes_missing").
    """
    capture = Capture.objects.select_related("arrival__stored_file").get(pk=capture_id)
    if capture.kind != CaptureKind.WACZ or capture.arrival is None:
        return {}
    source = paths.of_sha256(capture.arrival.stored_file.sha256)
    if not source.is_file():
        raise HashiyaError("bytes_missing")
    facts = wacz.facts_of(source, alive=lambda percent: progress(percent, code="wacz_reading", params={}))
    with transaction.atomic():
        # Read, not described: nobody's stale page is to be told of it.
        Capture.objects.filter(pk=capture.pk).update(embedded_metadata=facts)
        record_event(
            "capture.looked_into", target=capture, by=capture.created_by, integrity=facts["integrity"],
            parts=facts["parts"],
        )  # fmt: skip
    return facts


@kinds.handles(READ_WACZ, of=(Capture, "capture"))
def _handle(job: Any, progress: Progress) -> dict[str, Any]:
    facts = read_wacz(capture_id=job.payload["capture"], progress=progress)
    public_id = Capture.objects.values_list("public_id", flat=True).get(pk=job.payload["capture"])
    return {"capture": public_id, "integrity": facts.get("integrity", "")}
