"""Say anew what a tied text is to its film."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.enums import TranscriptKind
from archive.errors import Invalid, NotVisible, Stale
from archive.models import Transcript, User


def lock_tie(tie_id: int, version: int | None, by: User) -> Transcript:
    """Return the tie as it was at `version`, locked.

    Raises Stale, NotAllowed, NotVisible.
    """
    tie = Transcript.objects.select_for_update(no_key=True, of=("self",)).filter(pk=tie_id).first()
    if tie is None:
        raise NotVisible("not_visible")
    require(by, "change", tie)
    if version is not None and version != tie.version:
        raise Stale("stale", current=tie.version, yours=version)
    return tie


@transaction.atomic
def change_tie(*, tie_id: int, version: int | None, kind: str, by: User) -> Transcript:
    """Change the kind of a tie.

    Raises Invalid("unknown_transcript_kind"), Stale, NotAllowed, NotVisible.
    """
    tie = lock_tie(tie_id, version, by)
    if kind not in set(TranscriptKind):
        raise Invalid("unknown_transcript_kind", field="kind")
    if tie.kind == kind:
        return tie
    before, tie.kind = tie.kind, kind
    tie.version = F("version") + 1
    tie.save()
    tie.refresh_from_db(fields=["version"])
    bump_epoch()
    record_event("transcript.changed", target=tie, by=by, before=before, kind=kind)
    return tie
