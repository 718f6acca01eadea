"""Call off the publication of a release that is still to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from annotations.actions.publish import called_off, locked_release, take_step
from annotations.models import ReleaseEvent
from annotations.transitions import ReleaseAct
from archive.actions.record_event import record_event
from archive.models import User


@transaction.atomic
def cancel_schedule(*, release: str, was: datetime | None, by: User | None) -> ReleaseEvent:
    """Make a scheduled release (public id) sealed again, as if no day had been set; `was` is the moment that `by` read.

    The work that was promised for that moment finds nothing public and changes nothing.

    Raises NotVisible, NotAllowed, InvalidTransition when it is not scheduled (any more), Stale("release_moved").
    """
    row = locked_release(release, act="publish", by=by)
    take_step(row, ReleaseAct.CANCEL)
    event = called_off(row, was=was, by=by)
    assert event is not None  # What is scheduled has a publication to call off.
    facts: dict[str, Any] = {"instead_of": was.isoformat()} if was else {}
    record_event("release.unscheduled", target=row, by=by, manifest_hash=row.manifest_hash, **facts)
    return event
