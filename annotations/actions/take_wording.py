"""Take the wording that a reviewer suggested when a note was returned."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from annotations.access.said import said_in
from annotations.actions._locking import check_version, locked
from annotations.actions.revise_annotation import revise_annotation
from annotations.models import Annotation, Decision
from archive.access import visible_to
from archive.actions.record_event import record_event
from archive.errors import NotVisible, Stale
from archive.models import User


@transaction.atomic
def take_wording(*, annotation: str, decision: str, version_id: str, by: User) -> Annotation:
    """Let a note say what a decision on its newest version suggests (public ids); return the note, a draft again.

    Its tags, references and place stay. Taken twice, it is taken once.

    Raises NotVisible, NotAllowed, VersionMissing, InvalidTransition, Invalid; Stale when the note says something
    else by now.
    """
    row = locked(annotation, act="revise", by=by)
    found = (
        visible_to(Decision, by).filter(public_id=decision, version__annotation=row).exclude(suggestion="")
    )
    suggesting = found.select_related("version").first()
    if suggesting is None:
        raise NotVisible("not_visible")
    newest = row.newest_version
    assert newest is not None
    is_taken = newest.number == suggesting.version.number + 1 and newest.body == suggesting.suggestion
    if is_taken and version_id == suggesting.version.public_id:
        return row
    check_version(row, version_id)
    if suggesting.version_id != newest.pk:
        raise Stale("stale", current=newest.public_id)
    note = replace(said_in(newest, row), body=suggesting.suggestion)
    taken = revise_annotation(annotation=annotation, version_id=version_id, note=note, by=by)
    record_event(
        "annotation.wording_taken", target=taken, by=by, decision=suggesting.public_id,
        version=taken.newest_version.public_id if taken.newest_version else "",
    )  # fmt: skip
    return taken
