"""Tie a text to the film whose words it holds."""

from __future__ import annotations

from django.db import transaction

from archive.access import require, require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.enums import TranscriptKind
from archive.errors import Invalid
from archive.models import Text, Transcript, User, Video


@transaction.atomic
def tie_text(*, video: Video, text: Text, kind: str, public_id: str = "", by: User) -> Transcript:
    """Tie `text` to `video`, under the id that the tie had elsewhere if it had one; what is tied stays as it is.

    Raises Invalid("unknown_transcript_kind"), NotAllowed, NotVisible.
    """
    require_may(by, "add", Transcript)
    require(by, "change", video)
    require(by, "correct", text)
    if kind not in set(TranscriptKind):
        raise Invalid("unknown_transcript_kind", field="kind")
    named = {"public_id": public_id} if public_id else {}
    tie, made = Transcript.objects.get_or_create(
        video=video, text=text, defaults={"kind": kind, "created_by": by, **named}
    )
    if made:
        bump_epoch()
        record_event(
            "transcript.tied", target=tie, by=by, video=video.public_id, text=text.public_id, kind=kind
        )
    return tie
